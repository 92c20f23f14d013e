import { transaction, type Db } from "#lib/db/client.ts";
import { dropEntries } from "#lib/db/feed/entries.ts";
import { addNotesToHours } from "#lib/db/history/hours.ts";
import { mergeProofCounts } from "#lib/db/proof/counts.ts";
import { dropDeliveries } from "#lib/db/webhooks/deliveries.ts";
import { beat, leave } from "#lib/db/system/workers.ts";
import { createNightly } from "../privacy/nightly.ts";
import { keepPeopleKnown } from "../search/people.ts";
import type { RunQueue } from "../queue/index.ts";
import type { Schedules } from "../schedules/schedules.ts";
import { afterEnd } from "./ended.ts";
import { resumePausedRuns } from "./start.ts";

const BEAT_MS = 5_000;
/** So many beats from one look round to the next. */
const BEATS_BETWEEN = 3;

/** So long the change feed keeps what happened, and webhooks what was posted: 30 days. */
const FEED_KEPT_MS = 30 * 86_400_000;
const FEED_PORTION = 5_000;

export type Upkeep = {
  /** Says that this worker lives, puts everything right once, and goes on doing both. */
  start(): Promise<void>;
  stop(): void;
  /** Says that this worker is gone. */
  leave(): Promise<void>;
};

/**
 * The one loop that keeps runs and their jobs together. The run is the truth and its job only the
 * alarm clock: whatever of the two a crash, a restored backup or two simultaneous acts left
 * behind is found by looking at the runs.
 */
export function createUpkeep(deps: {
  db: Db;
  queue: RunQueue;
  schedules: Pick<Schedules, "align">;
  self: { id: string; host: string; pid: number };
  onError: (error: unknown) => void;
}): Upkeep {
  const { db, queue } = deps;
  let timer: NodeJS.Timeout | undefined;
  let beats = 0;
  let isLookingRound = false;
  const stopping = new AbortController();
  const people = keepPeopleKnown(db, stopping.signal);
  const nightly = createNightly({ db, signal: stopping.signal });

  const lookRound: (() => Promise<unknown>)[] = [
    // Runs and bulk operations without a job.
    () => queue.reconcile(),
    () => deps.schedules.align(),
    // Runs that were paused in the moment in which their pause was lifted.
    () => transaction(db, (tx) => resumePausedRuns(tx, { scope: "everything" }, queue)),
    () => afterEnd({ db, queue, random: Math.random }),
    () => mergeProofCounts(db),
    () => dropEntries(db, new Date(Date.now() - FEED_KEPT_MS), FEED_PORTION),
    () => addNotesToHours(db),
    () => dropDeliveries(db, new Date(Date.now() - FEED_KEPT_MS), FEED_PORTION),
  ];

  async function putRight(): Promise<void> {
    if (isLookingRound) return;
    isLookingRound = true;
    for (const look of lookRound) await look().catch(deps.onError);
    isLookingRound = false;
  }

  async function tick(): Promise<void> {
    beats += 1;
    for (const work of [people, nightly])
      void work().catch((error: unknown) => stopping.signal.aborted || deps.onError(error));
    await beat(db, deps.self).catch(deps.onError);
    if (beats % BEATS_BETWEEN === 0) await putRight();
  }

  return {
    async start() {
      await beat(db, deps.self);
      await queue.reconcile();
      timer = setInterval(() => void tick(), BEAT_MS).unref();
    },
    stop() {
      clearInterval(timer);
      stopping.abort();
    },
    leave: () => leave(db, deps.self.id),
  };
}
