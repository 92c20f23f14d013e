import { ROSTER_STALE_AFTER_DAYS } from "#lib/db/courses/health.ts";
import { overviewCounts } from "#lib/db/overview/overview.ts";
import { latestRuns } from "#lib/db/runs/lists/list.ts";
import { aliveWorkers } from "#lib/db/system/workers.ts";
import type { Asker } from "../caller.ts";
import { keptProof } from "../courses/view.ts";
import { permit } from "../permit.ts";
import { readerOf, runView } from "../runs/view.ts";
import { inbox } from "./inbox.ts";
import type { Overview } from "./overview-schema.ts";

const ACTIVE_RUNS = 6;
const RECENT_RUNS = 8;

/** What an operator wants to know in the morning, in one answer. */
export async function getOverview(asker: Asker): Promise<Overview> {
  const caller = await permit(asker, "read", "everywhere");
  const { db } = caller;
  const [counts, attention, active, recent, workers] = await Promise.all([
    overviewCounts(db, ROSTER_STALE_AFTER_DAYS),
    inbox(caller),
    latestRuns(db, ["running", "queued"], ACTIVE_RUNS),
    latestRuns(db, ["succeeded", "partly_succeeded", "failed", "cancelled"], RECENT_RUNS),
    aliveWorkers(db),
  ]);
  const reader = readerOf(caller);
  const { lastSuccessAt, hasDemo, ...numbers } = counts;
  const { proofTotal, proofSame, proofOpen, proofForeign, provedAt, ...others } = numbers;
  return {
    ...others,
    proof: keptProof({ proofTotal, proofSame, proofOpen, proofForeign, provedAt }),
    needAttention: attention.length,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    attention,
    activeRuns: active.map((run) => runView(run, reader)),
    recentRuns: recent.map((run) => runView(run, reader)),
    engine: {
      alive: workers.workers > 0,
      workers: workers.workers,
      lastHeartbeatAt: workers.lastHeartbeatAt?.toISOString() ?? null,
    },
    demo: hasDemo,
  };
}
