import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, Refused } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import type { LineItem } from "./line-item.ts";
import { rounded } from "./points.ts";
import type { ScoreBody } from "./score-body.ts";
import type { StoredScore } from "./stored-score.ts";
import { isLater, wholeSecond, type Moment } from "./timestamp.ts";

const SUBMISSION_EXTENSION = "https://canvas.instructure.com/lti/submission";

/** Keeps a score if it is newer than the last one for the same user (AGS 2.0 §3.4.9). */
export function storeScore(
  state: PlatformState,
  exchange: Exchange,
  lineItem: LineItem,
  body: ScoreBody,
  { clips }: { clips: boolean },
): void {
  const { counts } = state.counters;
  const previous = lineItem.scores.get(body.userId);
  checkNewer(state, exchange, body, previous);
  const attempts = countAttempts(state, exchange, body, previous);
  const isWiped = wipes(state, exchange, body);
  const decimals = state.faults.take("round_points", exchange.facts)?.decimals;
  const keepsNothing = state.faults.take("keeps_nothing", exchange.facts) !== undefined;
  const kept = (score: ScoreBody) =>
    keepsNothing ? undefined : fraction(score, { clips, decimals, lineItem });
  const isRepeat = previous !== undefined && isSameScore(previous, body);
  lineItem.scores.set(body.userId, {
    ...body,
    ...(isWiped ? platformClock() : {}),
    history: [...(previous?.history ?? []), body.timestamp],
    repeats: (previous?.repeats ?? 0) + Number(isRepeat),
    attempts,
    override: previous?.override,
    result: keptGrade(state, exchange, previous) ?? (isWiped ? undefined : kept(body)),
  });
  counts.scoresAccepted++;
  counts.scoresRepeated += Number(isRepeat);
  revokeWhenDue(state, exchange);
}

function checkNewer(
  state: PlatformState,
  { facts }: Exchange,
  body: ScoreBody,
  previous?: StoredScore,
): void {
  if (!previous) return;
  const isByTheSecond = state.faults.take("whole_second_timestamps", facts) !== undefined;
  const kept = (moment: Moment) => (isByTheSecond ? wholeSecond(moment) : moment);
  if (isLater(kept(body.moment), kept(previous.moment))) return;
  const style = state.faults.take("old_timestamp_as", facts)?.style;
  if (style !== "canvas_400") {
    throw refuse(409, "conflict", "Refusing score with an earlier timestamp");
  }
  throw new Refused(
    jsonReply(400, {
      errors: { type: "bad_request", message: "timestamp is before the last updated_at" },
    }),
  );
}

/** Canvas makes every score a new submission unless its extension says otherwise. */
function countAttempts(
  state: PlatformState,
  { facts }: Exchange,
  { extensions }: ScoreBody,
  previous?: StoredScore,
): number {
  const submission = extensions[SUBMISSION_EXTENSION] as { new_submission?: unknown } | undefined;
  const attempts = (previous?.attempts ?? 0) + (submission?.new_submission === false ? 0 : 1);
  const maximum = state.faults.take("max_attempts", facts)?.attempts ?? Infinity;
  if (attempts <= maximum) return attempts;
  throw new Refused(
    jsonReply(422, {
      errors: {
        type: "unprocessable_entity",
        message: "The maximum number of allowed attempts has been reached",
      },
    }),
  );
}

function keptGrade(
  { faults }: PlatformState,
  { facts }: Exchange,
  previous?: StoredScore,
): number | undefined {
  if (previous?.override === undefined) return undefined;
  return faults.take("override_sticks", facts) ? previous.override : undefined;
}

/** The share of the column's maximum that a gradebook keeps, which may round before it scales. */
function fraction(
  { scoreGiven, scoreMaximum }: ScoreBody,
  by: { clips: boolean; decimals?: number; lineItem: LineItem },
): number | undefined {
  if (scoreGiven === undefined || scoreMaximum === undefined) return undefined;
  const { decimals, lineItem } = by;
  const given = decimals === undefined ? scoreGiven : rounded(scoreGiven, decimals);
  const share = by.clips ? Math.min(1, Math.max(0, given / scoreMaximum)) : given / scoreMaximum;
  if (decimals === undefined) return share;
  const { scoreMaximum: ofColumn } = lineItem.fields;
  return rounded(share * ofColumn, decimals) / ofColumn;
}

/** Moodle keeps only a fully graded score, and wipes the grade for any other. */
function wipes(state: PlatformState, { facts }: Exchange, body: ScoreBody): boolean {
  const isWhole = body.gradingProgress === "FullyGraded" && body.scoreGiven !== undefined;
  return !isWhole && state.faults.take("wipe_unless_fully_graded", facts) !== undefined;
}

/** Moodle stamps a wiped grade with its own clock, so that a true score from before comes too late. */
function platformClock(): Pick<StoredScore, "timestamp" | "moment"> {
  const now = new Date();
  return { timestamp: now.toISOString(), moment: { ms: now.getTime(), finer: "" } };
}

function isSameScore(a: ScoreBody, b: ScoreBody): boolean {
  return (
    a.scoreGiven === b.scoreGiven &&
    a.scoreMaximum === b.scoreMaximum &&
    a.comment === b.comment &&
    a.activityProgress === b.activityProgress &&
    a.gradingProgress === b.gradingProgress
  );
}

function revokeWhenDue({ faults, tokens }: PlatformState, { facts, token }: Exchange): void {
  if (!token || !faults.take("revoke_after_score", facts)) return;
  tokens.revoke({ clientId: token.clientId });
}
