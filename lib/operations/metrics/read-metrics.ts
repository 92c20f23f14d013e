import { countUnfinishedRuns, poolConnections } from "#lib/db/metrics/gauges.ts";
import { aliveWorkers } from "#lib/db/system/workers.ts";
import type { Database } from "#lib/db/client.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import type { Gauges, Metrics } from "./instruments.ts";

/**
 * What this process counted, and how the whole installation stands, as Prometheus reads it
 * (text format 0.0.4). For those who may see every registration.
 */
export async function readMetrics(
  asker: Asker,
  { metrics, db }: { metrics: Metrics; db: Database },
): Promise<{ text: string; contentType: string }> {
  await permit(asker, "read", "everywhere");
  await takeGauges(db, metrics.gauges);
  return { text: await metrics.registry.metrics(), contentType: metrics.registry.contentType };
}

async function takeGauges(db: Database, gauges: Gauges): Promise<void> {
  const [unfinished, alive] = await Promise.all([countUnfinishedRuns(db), aliveWorkers(db)]);
  // What is no longer there must not stay as it was last seen.
  gauges.runs.reset();
  gauges.oldestRun.reset();
  for (const { kind, state, runs, oldestSeconds } of unfinished) {
    gauges.runs.set({ kind, state }, runs);
    gauges.oldestRun.set({ kind, state }, oldestSeconds);
  }
  gauges.workers.set(alive.workers);
  const { inUse, idle, waiting } = poolConnections(db);
  gauges.connections.set({ state: "in_use" }, inUse);
  gauges.connections.set({ state: "idle" }, idle);
  gauges.connections.set({ state: "waiting" }, waiting);
}
