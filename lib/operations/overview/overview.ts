import { ROSTER_STALE_AFTER_DAYS } from "#lib/db/courses/health.ts";
import { overviewCounts } from "#lib/db/overview/overview.ts";
import { latestRuns } from "#lib/db/runs/lists/list.ts";
import type { RunState } from "#lib/db/generated/enums.ts";
import { aliveWorkers } from "#lib/db/system/workers.ts";
import type { Asker } from "../caller.ts";
import { keptProof } from "../courses/view.ts";
import { permit, registrationsOf } from "../permit.ts";
import { readerOf, runView } from "../runs/view.ts";
import { inbox } from "./inbox.ts";
import type { Overview } from "./overview-schema.ts";

const ACTIVE_RUNS = 6;
const RECENT_RUNS = 8;
const ENDED: RunState[] = ["succeeded", "partly_succeeded", "failed", "cancelled"];

/**
 * What an operator wants to know in the morning, in one answer: of all registrations, or of those
 * the asker is limited to.
 */
export async function getOverview(asker: Asker): Promise<Overview> {
  const caller = await permit(asker, "read", "within");
  const { db } = caller;
  const within = registrationsOf(caller.actor);
  const [counts, waiting, active, recent, workers] = await Promise.all([
    overviewCounts(db, ROSTER_STALE_AFTER_DAYS, within),
    inbox(caller),
    latestRuns(db, ["running", "queued"], { limit: ACTIVE_RUNS, within }),
    latestRuns(db, ENDED, { limit: RECENT_RUNS, within }),
    aliveWorkers(db),
  ]);
  const reader = readerOf(caller);
  const { lastSuccessAt, hasDemo, ...numbers } = counts;
  const { proofTotal, proofSame, proofOpen, proofForeign, provedAt, ...others } = numbers;
  return {
    ...others,
    proof: keptProof({ proofTotal, proofSame, proofOpen, proofForeign, provedAt }),
    needAttention: waiting.entries.length,
    needMore: waiting.isCapped,
    isLimited: within !== null,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
    attention: waiting.entries,
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
