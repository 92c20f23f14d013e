"use client";

import { useState } from "react";
import type { BulkActs } from "#components/bulk/bulk-dialog.tsx";
import { ACTION_WORDS } from "#components/bulk/bulk-words.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { HeldBack } from "#components/ui/overlays/held-back.tsx";
import { lazily } from "#components/ui/lazily.tsx";
import { formatCount, formatCountUpTo } from "#lib/format.ts";
import type { BulkAction } from "#lib/operations/bulk/schema.ts";
import type { Page } from "#lib/operations/fields.ts";
import type { ListFilters } from "./state/use-url-filters.ts";
import type { Selection } from "./state/use-selection.ts";

const BulkDialog = lazily(() =>
  import("#components/bulk/bulk-dialog.tsx").then((file) => file.BulkDialog),
);

/** What can be done with the rows of a list, and by whom it is asked for. */
export type ListActs = {
  acts: BulkActs;
  actions: readonly BulkAction[];
  /** Filters that do not narrow by themselves. */
  wide?: readonly string[];
};

/** What is chosen, the step to all that match, and the acts; each opens a dialog that counts. */
export function SelectionBar(props: {
  list: Pick<Page<unknown>, "total" | "totalIsCapped">;
  filters: ListFilters;
  selection: Selection;
  acts: ListActs;
}) {
  const { list, filters, selection } = props;
  const { acts, actions, wide = [] } = props.acts;
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const filter = Object.entries(filters.conditions);
  const isNarrow = filter.some(([name]) => !wide.includes(name));
  const total = formatCountUpTo(list.total, list.totalIsCapped);
  const query = new URLSearchParams(
    selection.isAllMatching ? filter : [["ids", [...selection.ids].join(",")]],
  ).toString();
  if (selection.ids.size === 0) return null;
  return (
    <div
      role="group"
      aria-label="Selection"
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-2 border-t bg-accent-soft px-4 py-2 text-sm"
    >
      <p role="status" className="font-medium">
        {selection.isAllMatching ? `All ${total} matching` : formatCount(selection.ids.size)}{" "}
        selected
      </p>
      {selection.isWholePage && !selection.isAllMatching && list.total > selection.ids.size && (
        <HeldBack reason={isNarrow ? null : "Set a filter first: not everything at once"}>
          <Button
            size="sm"
            look="quiet"
            aria-disabled={!isNarrow || undefined}
            onClick={() => isNarrow && selection.chooseAllMatching()}
          >
            Select all {total} matching
          </Button>
        </HeldBack>
      )}
      <span className="ms-auto flex flex-wrap gap-2">
        {actions.map((action) => (
          <Button key={action} size="sm" onClick={() => setAsked(action)}>
            {ACTION_WORDS[action].what}…
          </Button>
        ))}
        <Button size="sm" look="quiet" onClick={selection.clear}>
          Clear selection
        </Button>
      </span>
      {asked && (
        <BulkDialog acts={acts} action={asked} query={query} close={() => setAsked(null)} />
      )}
    </div>
  );
}
