"use client";

import { parseAsString, useQueryStates } from "nuqs";

/** Where a list stands among its pages, filters and orders. */
export type ListFilters = {
  /** Filters, order and page as the REST resource takes them. */
  query: Record<string, string>;
  /** The filters alone. */
  conditions: Record<string, string>;
  sort: string;
  cursor: string;
  isFiltered: boolean;
  sortBy: (sort: string) => void;
  moveTo: (cursor: string) => void;
  clear: () => void;
  /** The page's address with something changed in it, for links that work without JavaScript. */
  hrefWith: (change: Record<string, string>) => string;
};

/** Filters that live in the address, so that a view can be sent to somebody else. */
export type UrlFilters<Key extends string> = ListFilters & {
  values: Record<Key, string>;
  set: (key: Key, value: string) => void;
};

export function useUrlFilters<Key extends string>(keys: readonly Key[]): UrlFilters<Key> {
  const parsers = Object.fromEntries(
    [...keys, "cursor", "sort"].map((key) => [key, parseAsString.withDefault("")]),
  );
  const [values, setValues] = useQueryStates(parsers);
  const query = given(values);
  const { cursor = "", sort = "", ...conditions } = query;
  return {
    values: values as Record<Key, string>,
    cursor,
    sort,
    query,
    conditions,
    isFiltered: Object.keys(conditions).length > 0,
    // A page of the old filter is no page of the new one.
    set: (key, value) => void setValues({ [key]: value || null, cursor: null }),
    sortBy: (next) => void setValues({ sort: next || null, cursor: null }),
    moveTo: (next) => void setValues({ cursor: next || null }, { history: "push" }),
    clear: () => void setValues({ ...emptied(conditions), cursor: null }),
    hrefWith: (change) => `?${new URLSearchParams(given({ ...values, cursor: "", ...change }))}`,
  };
}

function given(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function emptied(values: Record<string, string>): Record<string, null> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, null]));
}
