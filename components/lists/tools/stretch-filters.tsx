import { DateFilter } from "../date-filter.tsx";

/** From one day to another. */
export function StretchFilters(props: {
  values: Record<"since" | "until", string>;
  set: (name: "since" | "until", value: string) => void;
}) {
  const { values, set } = props;
  return (
    <>
      <DateFilter
        name="since"
        label="From"
        value={values.since}
        onChange={(since) => set("since", since)}
      />
      <DateFilter
        name="until"
        label="To"
        value={values.until}
        onChange={(until) => set("until", until)}
      />
    </>
  );
}
