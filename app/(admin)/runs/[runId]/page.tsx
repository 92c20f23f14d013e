import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { found } from "../../../_server/found.ts";
import { paintList, type SearchParams } from "../../../_server/read-filter.ts";
import { FirstPaint } from "#components/live/first-paint.tsx";
import { RunPage } from "#components/runs/run-page.tsx";
import { REJECTED_SHOWN } from "#components/runs/rejected-shown.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { getRun, listOutcomes } from "#lib/operations/runs.ts";
import { OutcomeFilter } from "#lib/operations/schemas/runs.ts";
import { applyAdditions, applyPreview, cancel, discardPreview, retryFailed } from "./actions.ts";

export const metadata: Metadata = { title: "Run" };

export default async function RunDetailPage(props: {
  params: Promise<{ runId: string }>;
  searchParams: SearchParams;
}) {
  const { runId } = await props.params;
  const caller = await pageCaller(`/runs/${runId}`);
  const run = await found(getRun(caller, { runId }));
  const outcomes =
    run.kind === "grade_sync" ? await paintOutcomes(caller, runId, props.searchParams) : [];
  return (
    <FirstPaint reads={[{ path: `/api/v1/runs/${runId}`, data: run }, ...outcomes]}>
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
