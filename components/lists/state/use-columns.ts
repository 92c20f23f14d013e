"use client";

import { useSyncExternalStore } from "react";
import type { Column } from "#components/ui/tables/data-table.tsx";

type Named = Pick<Column<never>, "key" | "isLead" | "isHeaderHidden" | "isOptional">;

export type ColumnChoice = {
  isShown: (column: Named) => boolean;
  toggle: (column: Named) => void;
};

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("storage", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("storage", listener);
  };
}

/** Which columns of a list are shown, kept in this browser: those that differ from the default. */
export function useColumns(list: string): ColumnChoice {
  const key = `rollbook:columns:${list}`;
  const stored = useSyncExternalStore(
    subscribe,
    () => readStored(key),
    () => "",
  );
  const changed = new Set(stored.split(",").filter(Boolean));
  return {
    isShown: (column) =>
      Boolean(column.isLead || column.isHeaderHidden) ||
      changed.has(column.key) === Boolean(column.isOptional),
    toggle(column) {
      if (!changed.delete(column.key)) changed.add(column.key);
      try {
        localStorage.setItem(key, [...changed].join(","));
      } catch {
        return;
      }
      for (const listener of listeners) listener();
    },
  };
}

/** Where a browser keeps nothing, the default is shown. */
function readStored(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}
