import { DateFilter } from "../date-filter.tsx";
import type { Filter } from "../state/use-url-filters.ts";

/** From one day to another. */
export function DateRangeFilters({ values, set }: Filter<"since" | "until">) {
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
