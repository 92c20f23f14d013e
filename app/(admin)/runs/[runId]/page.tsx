import type { Metadata } from "next";
import { pageCaller } from "../../../_server/caller.ts";
import { prefetch, prefetchList, type SearchParams } from "../../../_server/prefetch.ts";
import { Prefetched, type PrefetchedRead } from "#components/live/prefetched.tsx";
import { firstRejectedOf, holdsOfRun, reads } from "#components/live/reads.ts";
import { RunPage } from "#components/runs/page/run-page.tsx";
import type { Asker } from "#lib/operations/caller.ts";
import type { RunDetail, RunKind } from "#lib/operations/runs/schema.ts";
import {
  applyAdditions,
  applyPreview,
  cancel,
  discardPreview,
  restore,
  retryFailed,
} from "./actions.ts";

export const metadata: Metadata = { title: "Run" };

export default async function RunDetailPage(props: {
  params: Promise<{ runId: string }>;
  searchParams: SearchParams;
}) {
  const { runId } = await props.params;
  const caller = await pageCaller(`/runs/${runId}`);
  const run = await prefetch(caller, reads.run({ runId }));
  const parts = await PARTS[run.data.kind](caller, run.data, props.searchParams);
  return (
    <Prefetched reads={[run, ...parts]}>
      <RunPage
        runId={runId}
        cancel={cancel}
        retry={retryFailed}
        restore={restore}
        applyPreview={applyPreview}
        applyAdditions={applyAdditions}
        discardPreview={discardPreview}
      />
    </Prefetched>
  );
}

/** Its holds, what it changed as the address filters it, and what became of a preview. */
function partsOfRosterSync(caller: Asker, run: RunDetail, searchParams: SearchParams) {
  const runId = run.id;
  return Promise.all([
    prefetch(caller, holdsOfRun(runId)),
    prefetchList(caller, reads.rosterChanges, searchParams, { runId }),
    run.isPreview ? prefetch(caller, reads.preview({ runId })) : null,
  ]);
}

/** The list as the address filters it, and the first rejected scores above it. */
function partsOfGradeSync(caller: Asker, { id: runId }: RunDetail, searchParams: SearchParams) {
  return Promise.all([
    prefetch(caller, firstRejectedOf(runId)),
    prefetchList(caller, reads.outcomes, searchParams, { runId }),
  ]);
}

/** The proof of its course, where it is of one. */
function partsOfVerification(caller: Asker, { courseId }: RunDetail) {
  return Promise.all([courseId ? prefetch(caller, reads.courseProof({ courseId })) : null]);
}

const PARTS: Record<
  RunKind,
  (caller: Asker, run: RunDetail, filters: SearchParams) => Promise<(PrefetchedRead | null)[]>
> = {
  roster_sync: partsOfRosterSync,
  grade_sync: partsOfGradeSync,
  verify: partsOfVerification,
};
