"use client";

import { useSearchParams } from "next/navigation";

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

/** The part of a list's filters that one of them reads and sets, by its name in the API. */
export type Filter<Name extends string> = {
  values: Record<Name, string>;
  set: (name: Name, value: string) => void;
};

/** Filters that live in the address, so that a view can be sent to somebody else. */
export type UrlFilters<Key extends string> = ListFilters & Filter<Key>;

export function useUrlFilters<Key extends string>(keys: readonly Key[]): UrlFilters<Key> {
  const address = useSearchParams();
  const values = Object.fromEntries(
    [...keys, "cursor", "sort"].map((key) => [key, address.get(key) ?? ""]),
  );
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
    set: (key, value) => changeAddress({ [key]: value, cursor: "" }),
    sortBy: (next) => changeAddress({ sort: next, cursor: "" }),
    moveTo: (next) => changeAddress({ cursor: next }, "push"),
    clear: () => changeAddress({ ...emptied(conditions), cursor: "" }),
    hrefWith: (change) => `?${new URLSearchParams(given({ ...values, cursor: "", ...change }))}`,
  };
}

/** Next follows the browser's history, and asks the server for nothing. */
function changeAddress(change: Record<string, string>, how: "push" | "replace" = "replace"): void {
  // What was changed a moment ago may not have been rendered yet.
  const url = new URL(window.location.href);
  for (const [key, value] of Object.entries(change)) {
    if (value === "") url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  // Before Next follows the history, which it does by methods of its own, the server answers.
  if (Object.hasOwn(window.history, "replaceState"))
    window.history[how === "push" ? "pushState" : "replaceState"](null, "", url);
  else window.location.assign(url);
}

function given(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ""));
}

function emptied(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map((key) => [key, ""]));
}
