"use client";

import { parseAsString, useQueryStates } from "nuqs";

/** Where a list stands among its pages and filters. */
export type ListFilters = {
  /** The filters as the REST resource takes them. */
  query: Record<string, string>;
  cursor: string;
  isFiltered: boolean;
  moveTo: (cursor: string) => void;
  clear: () => void;
};

/** Filters that live in the address, so that a view can be sent to somebody else. */
export type UrlFilters<Key extends string> = ListFilters & {
  values: Record<Key, string>;
  set: (key: Key, value: string) => void;
};

export function useUrlFilters<Key extends string>(keys: readonly Key[]): UrlFilters<Key> {
  const parsers = Object.fromEntries(
    [...keys, "cursor"].map((key) => [key, parseAsString.withDefault("")]),
  );
  const [values, setValues] = useQueryStates(parsers);
  const given = Object.entries(values).filter(([, value]) => value !== "");
  return {
    values: values as Record<Key, string>,
    cursor: values.cursor ?? "",
    query: Object.fromEntries(given),
    isFiltered: given.some(([key]) => key !== "cursor"),
    // A page of the old filter is no page of the new one.
    set: (key, value) => void setValues({ [key]: value || null, cursor: null }),
    moveTo: (cursor) => void setValues({ cursor: cursor || null }, { history: "push" }),
    clear: () => void setValues(null),
  };
}
