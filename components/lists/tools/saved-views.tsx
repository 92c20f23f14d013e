"use client";

import { X } from "lucide-react";
import { useState } from "react";
import { reads } from "#components/live/reads.ts";
import { useRead } from "#components/live/use-read.ts";
import { Button } from "#components/ui/buttons/button.tsx";
import { Input } from "#components/ui/fields/field-controls.tsx";
import { HeldBack } from "#components/ui/overlays/held-back.tsx";
import { TextLink } from "#components/ui/buttons/text-link.tsx";
import type { ListName } from "#lib/operations/lists/schema.ts";

export type ViewsOf = {
  list: ListName;
  /** Where the list is, and how it stands now: filters and order. */
  path: string;
  query: string;
};

/** One's own views of a list, kept by Rollbook, and the way to keep this one. */
export function SavedViews({ list, path, query }: ViewsOf) {
  const read = useRead(reads.savedViews({ list }));
  const [name, setName] = useState("");
  const [problem, setProblem] = useState("");
  const reason =
    query === "" ? "Set a filter or an order first" : name.trim() === "" ? "Name it first" : null;

  async function ask(address: string, init: RequestInit): Promise<void> {
    const response = await fetch(`/api/v1/saved-views${address}`, {
      ...init,
      headers: { "content-type": "application/json" },
    }).catch(() => null);
    setProblem(response?.ok ? "" : "This could not be kept. Try again.");
    if (response?.ok) await read.refetch();
  }

  return (
    <div className="mt-3 space-y-2 border-t pt-3">
      <p className="text-xs font-medium text-muted">Saved views</p>
      {read.data?.items.length === 0 && <p className="text-xs text-muted">None yet.</p>}
      <ul className="space-y-1">
        {read.data?.items.map((view) => (
          <li key={view.id} className="flex items-center justify-between gap-2">
            <TextLink href={`${path}?${view.query}`}>{view.name}</TextLink>
            <Button
              size="icon"
              look="quiet"
              aria-label={`Delete the view ${view.name}`}
              onClick={() => void ask(`/${view.id}`, { method: "DELETE" })}
            >
              <X aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      <div className="flex gap-1.5">
        <Input
          aria-label="Name of this view"
          placeholder="Name of this view"
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
          className="h-8 text-sm"
        />
        <HeldBack reason={reason}>
          <Button
            size="sm"
            aria-disabled={reason !== null || undefined}
            onClick={() => {
              if (reason !== null) return;
              setName("");
              void ask("", { method: "POST", body: JSON.stringify({ list, name, query }) });
            }}
          >
            Save
          </Button>
        </HeldBack>
      </div>
      {problem && (
        <p role="alert" className="text-xs text-bad">
          {problem}
        </p>
      )}
    </div>
  );
}
