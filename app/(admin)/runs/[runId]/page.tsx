import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { paintList, type SearchParams } from "../../../_server/read-filter.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RunPage } from "#components/runs/run-page.tsx";
import { REJECTED_SHOWN } from "#components/runs/rejected-shown.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { HOLDS_SHOWN } from "#components/holds/holds-shown.ts";
import { listHolds } from "#lib/operations/holds/holds.ts";
import { getPreview } from "#lib/operations/rosters/previews.ts";
import { listRunRosterChanges } from "#lib/operations/rosters/changes.ts";
import { getRun, listOutcomes } from "#lib/operations/runs/runs.ts";
import { RunRosterChangeFilter } from "#lib/operations/rosters/schema.ts";
import { OutcomeFilter, type RunDetail } from "#lib/operations/runs/schema.ts";
import { applyAdditions, applyPreview, cancel, discardPreview, retryFailed } from "./actions.ts";

export const metadata: Metadata = { title: "Run" };

export default async function RunDetailPage(props: {
  params: Promise<{ runId: string }>;
  searchParams: SearchParams;
}) {
  const { runId } = await props.params;
  const caller = await pageCaller(`/runs/${runId}`);
  const run = await found(getRun(caller, { runId }));
  const parts =
    run.kind === "grade_sync"
      ? await paintOutcomes(caller, runId, props.searchParams)
      : await paintRoster(caller, run, props.searchParams);
  return (
    <FirstPaint reads={[{ path: `/api/v1/runs/${runId}`, data: run }, ...parts]}>
      <RunPage
        runId={runId}
        cancel={cancel}
        retry={retryFailed}
        applyPreview={applyPreview}
        applyAdditions={applyAdditions}
        discardPreview={discardPreview}
      />
    </FirstPaint>
  );
}

/** Its holds, what it changed as the address filters it, and what became of a preview. */
async function paintRoster(caller: Caller, run: RunDetail, searchParams: SearchParams) {
  const path = `/api/v1/runs/${run.id}`;
  const query = { runId: run.id, limit: HOLDS_SHOWN };
  const holds = { path: "/api/v1/holds", query, data: await listHolds(caller, query) };
  const changes = await paintList({
    path: `${path}/roster-changes`,
    schema: RunRosterChangeFilter,
    searchParams,
    read: (filter) => listRunRosterChanges(caller, { runId: run.id, ...filter }),
  });
  if (!run.isPreview) return [holds, ...changes];
  const preview = { path: `${path}/preview`, data: await getPreview(caller, { runId: run.id }) };
  return [holds, preview, ...changes];
}

/** The list as the address filters it, and the first rejected scores above it. */
async function paintOutcomes(caller: Caller, runId: string, searchParams: SearchParams) {
  const path = `/api/v1/runs/${runId}/outcomes`;
  const query = { kind: "rejected", limit: REJECTED_SHOWN } as const;
  const rejected = await listOutcomes(caller, { runId, ...query });
  const list = await paintList({
    path,
    schema: OutcomeFilter,
    searchParams,
    read: (filter) => listOutcomes(caller, { runId, ...filter }),
  });
  return [{ path, query, data: rejected }, ...list];
}
