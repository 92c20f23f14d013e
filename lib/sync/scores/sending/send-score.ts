import { setTimeout as delay } from "node:timers/promises";
import { restampScores, type ClaimedScore } from "#lib/db/scores/outbox.ts";
import type { Db } from "#lib/db/client.ts";
import { markColumn } from "#lib/db/proof/verify.ts";
import type { NotFullyGradedPolicy } from "#lib/db/generated/enums.ts";
import type { Lease } from "#lib/db/runs/runs.ts";
import {
  createScore,
  EndpointInvalid,
  LineItemInvalid,
  OriginNotAllowed,
  postScore,
  RequestRejected,
  ResourceGone,
  ScoreInvalid,
  TimestampConflict,
  UnknownOutcome,
  withCanvasSubmission,
  type ActivityProgress,
  type GradingProgress,
  type Score,
} from "#lib/lti/index.ts";
import type { CodedError } from "#lib/errors.ts";
import type { PlatformTarget } from "#lib/sync/tokens/connect.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import type { OverrideCheck } from "../override-check.ts";
import type { ScoreOutcome } from "../score-outcome.ts";
import { lookUpOnPlatform, notAsked, type LookUp } from "../look-up.ts";
import { ServerErrorTries } from "./server-error-tries.ts";
import { wouldWipe } from "../would-wipe.ts";

/** How often one score is sent within an attempt at the run. */
const MOST_SENDS = 3;
/** And where the last of them suggest that it is refused for good. */
const MOST_SENDS_UNDECIDED = 5;
const UNKNOWN_PAUSE_MS = 200;

export type ScoreSender = {
  db: Db;
  lease: Lease;
  connection: Connection;
  target: PlatformTarget;
  /** Shut once another worker may be sending the same scores. */
  fence: RunHandle["fence"];
  /** How many calls the platform has answered in this run. */
  answers: () => number;
  /** Columns in which a grade was found to be locked in this run. */
  lockedColumns: Set<string>;
  /** Absent where whatever the platform holds may be overwritten. */
  overrides?: OverrideCheck;
  /** Whether a score is sent that would wipe the grade it meets. */
  notFullyGraded: NotFullyGradedPolicy;
};

/**
 * Sends one score and says what became of it. A refusal of this score is an outcome;
 * whatever would also stop the next score is thrown.
 */
export async function sendScore(sender: ScoreSender, claimed: ClaimedScore): Promise<ScoreOutcome> {
  sender.fence.check();
  const wiping = wouldWipe(claimed, sender.target.profile, sender.notFullyGraded);
  if (wiping) return { ...refused(claimed.timestamp, wiping), outcome: "skipped" };
  const overridden = await sender.overrides?.find(claimed);
  if (overridden) return overridden;
  const outcome = await sendUntilAnswered(sender, claimed);
  if (outcome.to === "sent") await sender.overrides?.noteSent(claimed);
  return outcome;
}

async function sendUntilAnswered(
  sender: ScoreSender,
  claimed: ClaimedScore,
): Promise<ScoreOutcome> {
  const tries = new ServerErrorTries(sender.answers, claimed, sender.lockedColumns);
  for (let sends = 1; ; sends++) {
    tries.begin();
    try {
      await sender.connection.call((client) => {
        sender.fence.check();
        const score = scoreOf(claimed, sender.target);
        return postScore(client, score, { lineItemUrl: claimed.lineItemUrl });
      });
      return { to: "sent", outcome: "sent", timestamp: claimed.timestamp };
    } catch (error) {
      const { timestamp } = claimed;
      if (isGone(error)) await markColumn(sender.db, claimed.lineItemId, true);
      if (isRefusal(error)) return refused(timestamp, error);
      if (!(error instanceof UnknownOutcome || error instanceof TimestampConflict)) throw error;
      if (sender.fence.signal.aborted || tellsWhenToRetry(error))
        return givenUp(timestamp, error, notAsked(whyNot(error)));
      const known = error instanceof UnknownOutcome && tries.known(error);
      if (known) return refused(timestamp, known);
      // The platform may hold the value already: an answer got lost, or an earlier try arrived.
      const look = await lookUpOnPlatform(sender.connection, claimed);
      if (look.found === "there") return { to: "sent", outcome: "confirmed", timestamp };
      if (error instanceof UnknownOutcome) tries.note(error);
      const refusal = sends >= MOST_SENDS && tries.refusal();
      if (refusal) return refused(timestamp, refusal);
      if (sends >= (tries.isUndecided ? MOST_SENDS_UNDECIDED : MOST_SENDS))
        return givenUp(timestamp, error, look);
      // A locked grade is as locked a moment later; a platform that is not well may be better.
      if (error instanceof UnknownOutcome && error.hint !== "grade_locked")
        await delay(UNKNOWN_PAUSE_MS * sends);
      const later = await laterStamp(sender, claimed);
      if (!later) return superseded(timestamp, error, look);
      // Kept with the score: should it have to wait now, it goes on with this one.
      claimed.timestamp = later;
    }
  }
}

async function laterStamp(
  { db, lease, target }: ScoreSender,
  claimed: ClaimedScore,
): Promise<Date | undefined> {
  const stamps = await restampScores(db, lease, [claimed], target.profile.timestampStepMs);
  return stamps.get(claimed.id);
}

/** A newer value is wanted, and is sent in its place. */
function superseded(
  timestamp: Date,
  error: UnknownOutcome | TimestampConflict,
  look: LookUp,
): ScoreOutcome {
  if (error instanceof TimestampConflict) return { to: "pending", timestamp, cause: error };
  return { to: "pending", outcome: "unknown", timestamp, cause: error, ...unknown(error, look) };
}

/** The platform said from when on it answers again; nothing is asked of it before. */
export function tellsWhenToRetry(error: unknown): error is UnknownOutcome & { retryAt: Date } {
  return error instanceof UnknownOutcome && error.retryAt !== undefined;
}

function whyNot(error: unknown): string {
  return tellsWhenToRetry(error)
    ? `the platform is not to be asked before ${error.retryAt.toISOString()}`
    : "this worker had to stop";
}

/** Its outcome stays unknown, so it stays claimed until somebody has looked. */
function givenUp(
  timestamp: Date,
  error: UnknownOutcome | TimestampConflict,
  look: LookUp,
): ScoreOutcome {
  if (error instanceof TimestampConflict) return refused(timestamp, error);
  return { to: "sending", outcome: "unknown", timestamp, cause: error, ...unknown(error, look) };
}

/** What the platform said, and whether it could be asked afterwards. */
function unknown(error: UnknownOutcome, { words }: LookUp) {
  const { errorMessage, ...others } = facts(error);
  return { ...others, errorMessage: `${errorMessage}; ${words}` };
}

function refused(timestamp: Date, error: CodedError): ScoreOutcome {
  return { to: "rejected", outcome: "rejected", timestamp, ...facts(error) };
}

function facts(error: CodedError & { status?: number; excerpt?: string }) {
  return {
    httpStatus: error.status,
    errorCode: error.code,
    errorMessage: error.excerpt || error.message,
  };
}

/** The platform has the column no longer; it may be the person where it does not say so. */
function isGone(error: unknown): boolean {
  return error instanceof ResourceGone && error.isCertain;
}

const REFUSALS = [
  RequestRejected,
  ResourceGone,
  ScoreInvalid,
  LineItemInvalid,
  EndpointInvalid,
  OriginNotAllowed,
];

type Refusal = InstanceType<(typeof REFUSALS)[number]>;

function isRefusal(error: unknown): error is Refusal {
  return REFUSALS.some((kind) => error instanceof kind);
}

function scoreOf(claimed: ClaimedScore, target: PlatformTarget): Score {
  const { submission, timestamp } = claimed;
  const score = createScore({
    userId: claimed.userId,
    timestamp,
    // The shapes of operations let nothing else into the outbox, and createScore checks again.
    activityProgress: claimed.activityProgress as ActivityProgress,
    gradingProgress: claimed.gradingProgress as GradingProgress,
    ...(claimed.scoreGiven !== null && { scoreGiven: claimed.scoreGiven }),
    ...(claimed.scoreMaximum !== null && { scoreMaximum: claimed.scoreMaximum }),
    ...(claimed.comment !== null && { comment: claimed.comment }),
    ...(claimed.scoringUserId !== null && { scoringUserId: claimed.scoringUserId }),
    ...(submission && {
      submission: {
        ...(submission.startedAt && { startedAt: new Date(submission.startedAt) }),
        ...(submission.submittedAt && { submittedAt: new Date(submission.submittedAt) }),
      },
    }),
    ...(claimed.extensions && { extensions: claimed.extensions }),
  });
  const { makesSubmissions, newSubmission } = target.profile;
  return makesSubmissions ? withCanvasSubmission(score, { newSubmission }) : score;
}
