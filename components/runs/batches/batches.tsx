"use client";

import { Grid3x3, List } from "lucide-react";
import { useState } from "react";
import { Elapsed } from "#components/live/time/time.tsx";
import { ListTable } from "#components/lists/list-table.tsx";
import { Button } from "#components/ui/buttons/button.tsx";
import { Card, CardHeader } from "#components/ui/boxes/card.tsx";
import type { Column } from "#components/ui/tables/data-table.tsx";
import { StateBadge } from "#components/states/state-badge.tsx";
import { PART_STATES } from "#components/states/tables/run-parts.ts";
import { handled } from "#components/runs/run-words.ts";
import { formatCount, plural } from "#lib/format.ts";
import type { RunBatchView, RunDetail } from "#lib/operations/runs/schema.ts";
import { BatchGrid } from "./batch-grid.tsx";
import { batchCells } from "./batch-words.ts";

const COLUMNS: Column<RunBatchView>[] = [
  {
    key: "batch",
    header: "Batch",
    isLead: true,
    cell: ({ position }) => <span className="font-medium">Batch {position + 1}</span>,
  },
  {
    key: "state",
    header: "State",
    phone: "state",
    cell: ({ state }) => <StateBadge of={PART_STATES} state={state} />,
  },
  {
    key: "size",
    phone: "figure",
    header: "Scores",
    align: "end",
    cell: ({ size }) => formatCount(size),
  },
  {
    key: "sent",
    phone: "figure",
    header: "Sent",
    align: "end",
    cell: ({ sent }) => formatCount(sent),
  },
  {
    key: "skipped",
    header: "Left alone",
    align: "end",
    cell: ({ skipped }) => formatCount(skipped),
  },
  {
    key: "rejected",
    phone: "figure",
    header: "Rejected",
    align: "end",
    cell: ({ rejected }) => formatCount(rejected),
  },
  { key: "unknown", header: "Unknown", align: "end", cell: ({ unknown }) => formatCount(unknown) },
  {
    key: "took",
    header: "Took",
    align: "end",
    cell: (batch) => <Elapsed from={batch.startedAt} until={batch.finishedAt} />,
  },
];

/** So many batches at most are read; what came before them is not among those that are counted. */
const MOST = 1_000;

/** Scores that the run has dealt with and no batch counts: their batch had lost its worker. */
function apartWords(run: RunDetail): string {
  const inBatches = run.batches.map(({ sent, rejected, skipped }) => sent + rejected + skipped);
  const apart = handled(run) - inBatches.reduce((sum, count) => sum + count, 0);
  if (apart <= 0 || run.batches.length >= MOST) return "";
  return `. Of ${plural(apart, "more score")} it was asked afterwards what became of them`;
}

/** The batches of a grade sync, as a grid to see at once or as a list to read. */
export function Batches({ run }: { run: RunDetail }) {
  const [isList, setIsList] = useState(false);
  const cells = batchCells(run);
  const Icon = isList ? Grid3x3 : List;
  return (
    <Card aria-labelledby="run-batches">
      <CardHeader
        id="run-batches"
        title="Batches"
        description={`Up to 50 scores each; the token is looked at before every one${apartWords(run)}`}
        actions={
          <Button size="sm" onClick={() => setIsList(!isList)}>
            <Icon aria-hidden /> {isList ? "Show as grid" : "Show as list"}
          </Button>
        }
      />
      {cells.length === 0 ? (
        <p className="p-4 text-sm text-muted">No batch has begun.</p>
      ) : isList ? (
        <ListTable
          caption="Batches"
          columns={COLUMNS}
          rows={run.batches}
          rowKey={({ position }) => String(position)}
        />
      ) : (
        <BatchGrid cells={cells} />
      )}
    </Card>
  );
}
