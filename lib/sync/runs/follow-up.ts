import { transaction, type Db } from "#lib/db/client.ts";
import { endedWithFollowUp, takeFollowUp, type FollowedRun } from "#lib/db/runs/follow-ups.ts";
import type { RunQueue } from "../queue/index.ts";
import { backoffMs } from "./retry.ts";
import { startRun } from "./start.ts";

export type FollowUpDeps = {
  db: Db;
  queue: Pick<RunQueue, "send" | "bringForward">;
  random: () => number;
};

/**
 * Starts a run for scores that were pushed during another which ended without sending them:
 * whoever pushed was answered with that one. After a failure it waits as a retry would.
 */
export async function startFollowUps(deps: FollowUpDeps, endedRunId?: string): Promise<void> {
  for (const runId of await endedWithFollowUp(deps.db, endedRunId))
    await transaction(deps.db, async (tx) => {
      const before = await takeFollowUp(tx, runId);
      if (!before) return;
      const { kind, registrationId, courseId, trigger, startedBy } = before;
      const wait = waitAfter(before, deps.random);
      const target = { kind, registrationId, courseId, trigger, startedBy };
      await startRun(tx, deps.queue, { ...target, retryOfId: runId, ...wait });
    });
}

/** A cancelled run says nothing about the platform. */
function waitAfter(
  { state, finishedAt, attempt }: FollowedRun,
  random: () => number,
): { notBefore?: Date; waitReason?: string } {
  if (state === "cancelled" || !finishedAt) return {};
  const notBefore = new Date(finishedAt.getTime() + backoffMs(Math.max(1, attempt), random));
  return { notBefore, waitReason: "the sync that these scores were pushed during has failed" };
}
