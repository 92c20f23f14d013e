import { ErrorCodeFilter, StartedByFilter } from "#components/lists/tools/text-filters.tsx";
import { MoreFilters } from "#components/lists/tools/more-filters.tsx";
import { DateRangeFilters } from "#components/lists/tools/date-range-filters.tsx";
import { SelectFilter } from "#components/lists/select-filter.tsx";
import { TRIGGER_WORDS } from "./run-words.ts";

type Name = "trigger" | "actor" | "errorCode" | "since" | "until" | "minSeconds" | "maxSeconds";

const NAMES: Name[] = [
  "trigger",
  "actor",
  "errorCode",
  "since",
  "until",
  "minSeconds",
  "maxSeconds",
];
const TRIGGERS = Object.entries(TRIGGER_WORDS).map(([value, label]) => ({ value, label }));

const LENGTHS = [
  { value: "10", label: "10 seconds" },
  { value: "60", label: "1 minute" },
  { value: "600", label: "10 minutes" },
  { value: "3600", label: "1 hour" },
];

/** Runs by what and who started them, their error, their day and how long they took. */
export function MoreRunFilters(props: {
  values: Record<Name, string>;
  set: (name: Name, value: string) => void;
}) {
  const { values, set } = props;
  return (
    <MoreFilters names={NAMES} values={values}>
      <SelectFilter
        name="trigger"
        label="Started"
        all="Started any way"
        options={TRIGGERS}
        value={values.trigger}
        onChange={(trigger) => set("trigger", trigger)}
      />
      <StartedByFilter values={values} set={set} />
      <ErrorCodeFilter example="lti.token_refused" values={values} set={set} />
      <DateRangeFilters values={values} set={set} />
      <Took name="minSeconds" label="Took at least" value={values.minSeconds} set={set} />
      <Took name="maxSeconds" label="Took at most" value={values.maxSeconds} set={set} />
    </MoreFilters>
  );
}

function Took(props: {
  name: "minSeconds" | "maxSeconds";
  label: string;
  value: string;
  set: (name: Name, value: string) => void;
}) {
  const isListed = props.value === "" || LENGTHS.some(({ value }) => value === props.value);
  // An address may name any number of seconds.
  const options = isListed
    ? LENGTHS
    : [...LENGTHS, { value: props.value, label: `${props.value} seconds` }];
  return (
    <SelectFilter
      name={props.name}
      label={props.label}
      all={`${props.label}: any`}
      options={options.map(({ value, label }) => ({ value, label: `${props.label} ${label}` }))}
      value={props.value}
      onChange={(value) => props.set(props.name, value)}
    />
  );
}
