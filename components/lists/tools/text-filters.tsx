import { SearchField } from "#components/ui/fields/search-field.tsx";
import type { Filter } from "../state/use-url-filters.ts";

export function StartedByFilter({ values, set }: Filter<"actor">) {
  return (
    <SearchField
      name="actor"
      label="Started by, part of the name"
      placeholder="Started by"
      value={values.actor}
      onSearch={(actor) => set("actor", actor)}
    />
  );
}

export function ErrorCodeFilter(props: Filter<"errorCode"> & { example: string }) {
  return (
    <SearchField
      name="errorCode"
      label="Error code, in full"
      placeholder={`Error code: ${props.example}`}
      value={props.values.errorCode}
      onSearch={(errorCode) => props.set("errorCode", errorCode)}
    />
  );
}
