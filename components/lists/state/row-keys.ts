import type { KeyboardEvent } from "react";
import type { Selection } from "./use-selection.ts";

const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable]";

/**
 * Keys of a list, while the focus is in it: j and k move from row to row, x selects the row and
 * with Shift all up to it, e opens the export. Enter follows the row's link by itself.
 */
export function onRowKey(event: KeyboardEvent<HTMLElement>, selection?: Selection): void {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const target = event.target as HTMLElement;
  if (target.matches(TYPING)) return;
  const key = event.key.toLowerCase();
  const row = target.closest<HTMLElement>("[data-row]");
  if (key === "j" || key === "k") moveFocus(event.currentTarget, row, key === "j" ? 1 : -1);
  else if (key === "x" && row?.dataset.row && selection) {
    selection.toggle(row.dataset.row, event.shiftKey);
  } else if (key === "e") openExport(event.currentTarget);
  else return;
  event.preventDefault();
}

function moveFocus(list: HTMLElement, from: HTMLElement | null, step: 1 | -1): void {
  const rows = [...list.querySelectorAll<HTMLElement>("[data-row]")];
  const index = from ? rows.indexOf(from) + step : step === 1 ? 0 : rows.length - 1;
  const row = rows[Math.min(Math.max(index, 0), rows.length - 1)];
  // The row's own link first, though its checkbox stands before it.
  const link = row?.querySelector<HTMLElement>("[data-part=lead] a");
  (link ?? row?.querySelector<HTMLElement>("a, input, button"))?.focus();
}

function openExport(list: HTMLElement): void {
  const menu = list
    .closest("section, [data-list]")
    ?.querySelector<HTMLDetailsElement>("[data-export]");
  if (!menu) return;
  menu.open = true;
  menu.querySelector("a")?.focus();
}
