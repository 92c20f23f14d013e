import { recordOutcomes, type ScoreOutcomes } from "#lib/db/scores/outcomes.ts";
import { restampScores, scoresInFlight, type ClaimedScore } from "#lib/db/scores/outbox.ts";
import { plural } from "#lib/format.ts";
import type { PlatformShare } from "../pacing/platform-share.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { lookUpOnPlatform, type LookUp } from "./look-up.ts";
import type { ScoreSender } from "./sending/send-score.ts";

type LookedUp = { score: ClaimedScore; look: LookUp };

/** Of a batch that no longer runs. */
const NO_BATCH = -1;

/**
 * Finds out what became of the scores that an earlier attempt had claimed and recorded no outcome
 * of: the platform is asked for each, and what it does not hold is sent again under a later
 * timestamp.
 */
export async function recoverInFlight(sending: {
  handle: RunHandle;
  share: PlatformShare;
  sender: ScoreSender;
}): Promise<void> {
  const { handle, sender } = sending;
  const abandoned = await scoresInFlight(handle.db, handle.run.runId);
  if (abandoned.length === 0) return;
  await handle.progress({ phase: "recover" });
  const lookedUp = await lookUpAll(sending, abandoned);
  const outcomes = lookedUp.map(outcomeOf);
  const again = outcomes.filter(({ to }) => to === "pending").map(({ score }) => score);
  await restampScores(handle.db, handle.run, again, sender.target.profile.timestampStepMs);
  handle.note(await recordOutcomes(handle.db, handle.run, outcomes, [], undefined));
  const confirmed = outcomes.length - again.length;
  const counts = countsOf(lookedUp);
  await handle.event({
    level: "warning",
    kind: "scores.recovered",
    message: `${plural(abandoned.length, "score")} in flight when the last attempt ended: ${confirmed} had arrived, ${again.length} to be sent again${againWords(counts)}`,
    detail: { confirmed, again: again.length, ...counts },
  });
}

async function lookUpAll(
  { share, sender, handle }: Parameters<typeof recoverInFlight>[0],
  abandoned: readonly ClaimedScore[],
): Promise<LookedUp[]> {
  const lookedUp: LookedUp[] = [];
  const left = abandoned[Symbol.iterator]();
  async function lookUpLeft(): Promise<void> {
    for (const score of left) {
      handle.checkpoint();
      lookedUp.push({ score, look: await lookUpOnPlatform(sender.connection, score) });
    }
  }
  await Promise.all(Array.from({ length: Math.max(1, share.slots) }, lookUpLeft));
  return lookedUp;
}

function outcomeOf({ score, look }: LookedUp): ScoreOutcomes {
  const { timestamp } = score;
  const of = { score, batch: NO_BATCH, timestamp };
  if (look.found === "there") return { ...of, to: "sent", outcome: "confirmed" };
  return {
    ...of,
    to: "pending",
    outcome: "unknown",
    errorCode: "lti.unknown_outcome",
    errorMessage: `sent when its worker stopped, before an answer; ${look.words}`,
  };
}

type Counts = { notThere: number; notAsked: number };

/** Of those sent again: how many the platform was asked for, and how many it could not be. */
function countsOf(lookedUp: readonly LookedUp[]): Counts {
  const count = (...found: LookUp["found"][]) =>
    lookedUp.filter(({ look }) => found.includes(look.found)).length;
  return { notThere: count("not_there"), notAsked: count("no_answer", "no_scope") };
}

function againWords({ notThere, notAsked }: Counts): string {
  const parts = [
    ...(notThere > 0 ? [`${notThere} asked for and not there`] : []),
    ...(notAsked > 0 ? [`${notAsked} could not be asked for`] : []),
  ];
  return parts.length > 0 ? ` (${parts.join(", ")})` : "";
}
