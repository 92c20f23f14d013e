import { recordOutcomes, type ScoreOutcomes } from "#lib/db/scores/outcomes.ts";
import { restampScores, unsettledScores, type ClaimedScore } from "#lib/db/scores/outbox.ts";
import { plural } from "#lib/format.ts";
import type { PlatformShare } from "../pacing/platform-share.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { platformHasValue } from "./platform-has-value.ts";
import type { ScoreSender } from "./sending/send-score.ts";

/** Of a batch that no longer runs. */
const NO_BATCH = -1;

/**
 * Finds out what became of the scores that an earlier attempt had claimed and not settled: the
 * platform is asked for each, and what it does not hold is sent again under a later timestamp.
 */
export async function recoverInFlight(sending: {
  handle: RunHandle;
  share: PlatformShare;
  sender: ScoreSender;
}): Promise<void> {
  const { handle, sender } = sending;
  const abandoned = await unsettledScores(handle.db, handle.run.runId);
  if (abandoned.length === 0) return;
  const settlements = await lookUpAll(sending, abandoned);
  const again = settlements.filter(({ to }) => to === "pending").map(({ score }) => score);
  await restampScores(handle.db, handle.run, again, sender.target.profile.timestampStepMs);
  handle.note(await recordOutcomes(handle.db, handle.run, settlements, [], undefined));
  const confirmed = settlements.length - again.length;
  await handle.event({
    level: "warning",
    kind: "scores.recovered",
    message: `${plural(abandoned.length, "score")} in flight when the last attempt ended: ${confirmed} had arrived, ${again.length} to be sent again`,
    detail: { confirmed, again: again.length },
  });
}

async function lookUpAll(
  { share, sender, handle }: Parameters<typeof recoverInFlight>[0],
  abandoned: readonly ClaimedScore[],
): Promise<ScoreOutcomes[]> {
  const settlements: ScoreOutcomes[] = [];
  const left = abandoned[Symbol.iterator]();
  async function lookUpLeft(): Promise<void> {
    for (const score of left) {
      handle.checkpoint();
      settlements.push(await lookUp(sender, score));
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, share.slots) }, lookUpLeft));
  return settlements;
}

async function lookUp(sender: ScoreSender, score: ClaimedScore): Promise<ScoreOutcomes> {
  const { timestamp } = score;
  return (await platformHasValue(sender.connection, score))
    ? { score, batch: NO_BATCH, to: "sent", outcome: "confirmed", timestamp }
    : { score, batch: NO_BATCH, to: "pending", outcome: "unknown", timestamp };
}
