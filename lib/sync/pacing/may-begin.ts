import type { Db } from "#lib/db/client.ts";
import { markPaused, pauseOver, type PauseTarget } from "#lib/db/system/pauses.ts";
import { platformPacing } from "#lib/db/pacing/platform-pacing.ts";
import { markWaiting } from "#lib/db/runs/runs.ts";

export const PAUSE_WORDS: Record<PauseTarget["scope"], string> = {
  everything: "all syncs are paused",
  registration: "its registration is paused",
  course: "its course is paused",
};

/**
 * Why a queued run must not begin now: it is paused, or its platform cools down. Asked before a
 * worker takes it, so that waiting costs no attempt.
 */
export async function findWait(
  { db, now }: { db: Db; now: () => Date },
  runId: string,
): Promise<{ again?: Date } | undefined> {
  const run = await db.prisma.run.findUnique({ where: { id: runId } });
  if (!run || !["queued", "running"].includes(run.state)) return {};
  const scope = await pauseOver(db, run);
  if (scope) {
    await markPaused(db, runId, PAUSE_WORDS[scope]);
    return run.state === "queued" ? {} : undefined;
  }
  // Its job may come early: the one before was lost with its worker.
  if (run.state === "queued" && run.notBefore && run.notBefore > now())
    return { again: run.notBefore };
  const pacing = await platformPacing(db, run.registrationId);
  if (!pacing?.notBefore || pacing.notBefore <= now()) return undefined;
  await markWaiting(db, run, {
    until: pacing.notBefore,
    reason: pacing.reason ?? "the platform cools down",
  });
  return { again: pacing.notBefore };
}
