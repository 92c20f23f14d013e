"use client";

import dynamic from "next/dynamic";
import type { FormAction } from "#components/forms/form-state.ts";
import { reads } from "#components/live/reads.ts";
import { ReadState } from "#components/live/read-state.tsx";
import { useRead } from "#components/live/use-read.ts";
import { RestoreRemovals } from "#components/holds/restore-removals.tsx";
import { RunHolds } from "#components/holds/run-holds.tsx";
import type { PreviewActs } from "#components/rosters/preview-panel.tsx";
import { Card } from "#components/ui/boxes/card.tsx";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { KIND_PARTS } from "./kind-parts.tsx";
import { RunAnnouncer } from "../events/run-announcer.tsx";
import { RunFacts } from "./run-facts.tsx";
import { RunHeader } from "./header/run-header.tsx";
import { RunProblems } from "./run-problems.tsx";
import { RunSummary } from "./run-summary.tsx";
import { RunTabs, type RunParts } from "./run-tabs.tsx";
import { TokenPanel } from "#components/runs/parts/token-panel.tsx";

const RunTimeline = dynamic(() =>
  import("#components/runs/timeline/run-timeline.tsx").then(({ RunTimeline }) => RunTimeline),
);
const PreviewPanel = dynamic(() =>
  import("#components/rosters/preview-panel.tsx").then(({ PreviewPanel }) => PreviewPanel),
);
const EventLog = dynamic(() => import("../events/event-log.tsx").then(({ EventLog }) => EventLog));
const RunRaw = dynamic(() => import("../parts/run-raw.tsx").then(({ RunRaw }) => RunRaw));

type Actions = PreviewActs & { cancel: FormAction; retry: FormAction; restore: FormAction };

/** A run as it happens: what it is doing, how far it is, what failed and why. */
export function RunPage({ runId, ...actions }: Actions & { runId: string }) {
  const read = useRead(reads.run({ runId }));
  return (
    <ReadState of={read}>
      {(run) => (
        <>
          <RunAnnouncer run={run} />
          <Card aria-label="State of the run" className="mb-5">
            <div className="px-4 pt-3">
              <RunHeader run={run} {...actions} />
            </div>
            <RunSummary run={run} />
          </Card>
          <Body run={run} {...actions} />
        </>
      )}
    </ReadState>
  );
}

function Body({ run, restore, ...acts }: PreviewActs & { run: RunDetail; restore: FormAction }) {
  return (
    <div className="space-y-5">
      {run.isPreview && <PreviewPanel runId={run.id} {...acts} />}
      {run.kind === "roster_sync" && <RunHolds runId={run.id} />}
      {run.finishedAt !== null && (
        <RestoreRemovals
          restorable={run.restorable}
          removedBy="this run"
          restore={restore}
          values={{ runId: run.id }}
        />
      )}
      <RunTimeline run={run} />
      <RunProblems run={run} />
      <RunTabs run={run} parts={partsOf(run)} />
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <TokenPanel run={run} />
        <RunFacts run={run} />
      </div>
    </div>
  );
}

function partsOf(run: RunDetail): RunParts {
  const { people, parts } = KIND_PARTS[run.kind];
  return {
    people: people(run),
    parts: parts?.(run),
    events: {
      label: "Events",
      count: run.events.length,
      content: <EventLog events={run.events} />,
    },
    raw: { label: "Raw", content: <RunRaw run={run} /> },
  };
}
