import { columnsToRecheck, requeueReturned } from "#lib/db/proof/returned.ts";
import { scoresOfColumn } from "#lib/db/proof/verify.ts";
import { isCodedError } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import { judge } from "../verify/judge.ts";
import { readColumn } from "../verify/read-column.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import type { ScoreSender } from "./sending/send-score.ts";

/**
 * Looks what the platform still has of people who left the course and came back, at one read for
 * each column, and wants again what it has no longer. What cannot be read is sent again: the same
 * value under a later timestamp does no harm.
 */
export async function recheckReturned(sending: {
  handle: RunHandle;
  sender: ScoreSender;
  courseId: string;
}): Promise<void> {
  const { handle, sender, courseId } = sending;
  const { profile } = sender.target;
  let again = 0;
  for (const column of await columnsToRecheck(handle.db, courseId)) {
    handle.checkpoint();
    const held = await heldIn(sender, column.url);
    const scores = await scoresOfColumn(handle.db, column.id);
    const missing = scores
      .filter(({ hasReturned }) => hasReturned)
      .filter((score) => !held || judge(score, held.get(score.userId), profile).proof === "missing")
      .map(({ id }) => id);
    await requeueReturned(handle.db, column.id, { missing, stepMs: profile.timestampStepMs });
    again += missing.length;
  }
  if (again === 0) return;
  await handle.event({
    level: "warning",
    kind: "scores.returned",
    message: `${plural(again, "score")} of people who left and came back are no longer on the platform, and are sent again`,
    detail: { again },
  });
}

async function heldIn(sender: ScoreSender, url: string) {
  try {
    const { held, isWhole } = await readColumn(sender.connection, url);
    return isWhole ? held : undefined;
  } catch (error) {
    if (isCodedError(error)) return undefined;
    throw error;
  }
}
