"use client";

import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { formatCountUpTo } from "#lib/format.ts";
import type { BulkAction } from "#lib/operations/bulk/schema.ts";
import type { Page } from "#lib/operations/fields.ts";
import { BulkDialog, type BulkActs } from "./bulk-dialog.tsx";
import { ACTION_WORDS } from "./bulk-words.ts";

/** What can be done with all rows that a filter matches; nothing while there is no filter. */
export function BulkMenu(props: {
  acts: BulkActs;
  actions: readonly BulkAction[];
  /** The list's filter as its REST resource takes it. */
  query: Record<string, string>;
  /** Filters that do not narrow by themselves. */
  wide?: readonly string[];
  list: Pick<Page<unknown>, "total" | "totalIsCapped"> | undefined;
}) {
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const { list, wide = [] } = props;
  const filter = Object.entries(props.query).filter(([name]) => name !== "cursor");
  const isNarrow = filter.some(([name]) => !wide.includes(name));
  const total = list?.total ?? 0;
  const isOffered = isNarrow && total > 0;
  const count = isOffered ? `${formatCountUpTo(total, list?.totalIsCapped ?? false)} ` : "";
  return (
    <div className="ms-auto">
      <Menu
        label="All matching"
        trigger={
          <Button
            size="sm"
            disabled={!isOffered}
            title={isNarrow ? undefined : "Set a filter first"}
          >
            All {count}matching… <ChevronDown aria-hidden />
          </Button>
        }
      >
        {props.actions.map((action) => (
          <MenuItem key={action} onSelect={() => setAsked(action)}>
            {ACTION_WORDS[action].what}…
          </MenuItem>
        ))}
      </Menu>
      {asked && (
        <BulkDialog
          acts={props.acts}
          action={asked}
          query={new URLSearchParams(filter).toString()}
          close={() => setAsked(null)}
        />
      )}
    </div>
  );
}
