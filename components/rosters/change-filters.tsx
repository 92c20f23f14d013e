import { SelectFilter } from "#components/lists/select-filter.tsx";
import { useClock } from "#components/live/time/clock.tsx";

type Values = Record<"change" | "since", string>;

const CHANGES = [
  { value: "added", label: "Added" },
  { value: "changed", label: "Changed" },
  { value: "removed", label: "Removed" },
];
const DAYS = [1, 7, 30, 90];
const DAY_MS = 86_400_000;

/** Members by what happened to them, and since when. */
export function ChangeFilters(props: {
  values: Values;
  set: (key: keyof Values, value: string) => void;
}) {
  const { values, set } = props;
  const today = useClock((nowMs) => new Date(nowMs).toISOString().slice(0, 10));
  return (
    <>
      <SelectFilter
        name="change"
        label="Change"
        all="Any change"
        options={CHANGES}
        value={values.change}
        onChange={(value) => set("change", value)}
      />
      {values.change && (
        <SelectFilter
          name="since"
          label="Since"
          all="Ever"
          options={sinceOptions(today, values.since)}
          value={values.since}
          onChange={(value) => set("since", value)}
        />
      )}
    </>
  );
}

/** Whole days, so that an address keeps its meaning; one from elsewhere stays in the list. */
function sinceOptions(today: string, chosen: string) {
  const options = DAYS.map((days) => ({
    value: new Date(Date.parse(today) - days * DAY_MS).toISOString().slice(0, 10),
    label: days === 1 ? "Since yesterday" : `In the last ${days} days`,
  }));
  const isListed = chosen === "" || options.some(({ value }) => value === chosen);
  return isListed ? options : [...options, { value: chosen, label: `Since ${chosen}` }];
}
