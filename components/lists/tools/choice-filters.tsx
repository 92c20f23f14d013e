import { SelectFilter, type FilterOption } from "../select-filter.tsx";
import type { Filter } from "../state/use-url-filters.ts";

export function RegistrationFilter(
  props: Filter<"registrationId"> & { registrations: FilterOption[] },
) {
  return (
    <SelectFilter
      name="registrationId"
      label="Registration"
      all="All registrations"
      options={props.registrations}
      value={props.values.registrationId}
      onChange={(registrationId) => props.set("registrationId", registrationId)}
    />
  );
}

export function ArchivedFilter({ values, set }: Filter<"archived">) {
  return (
    <SelectFilter
      name="archived"
      label="Archived"
      all="In use"
      options={[
        { value: "yes", label: "Archived" },
        { value: "all", label: "All" },
      ]}
      value={values.archived}
      onChange={(archived) => set("archived", archived)}
    />
  );
}
