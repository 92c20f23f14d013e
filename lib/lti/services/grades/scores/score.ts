import { ScoreInvalid } from "../../../errors.ts";

/** @see AGS 2.0 §3.4.7 */
export const ACTIVITY_PROGRESS = [
  "Initialized",
  "Started",
  "InProgress",
  "Submitted",
  "Completed",
] as const;

/** @see AGS 2.0 §3.4.8 */
export const GRADING_PROGRESS = [
  "FullyGraded",
  "Pending",
  "PendingManual",
  "Failed",
  "NotReady",
] as const;

export type ActivityProgress = (typeof ACTIVITY_PROGRESS)[number];
export type GradingProgress = (typeof GRADING_PROGRESS)[number];

/**
 * What a tool sends about one person in one line item.
 *
 * A score without `scoreGiven` clears the platform's value, and one without `comment` clears
 * its comment. Build it with `createScore`, which checks it.
 */
export type Score = {
  userId: string;
  /** Strictly later than the last one for the same line item and user. */
  timestamp: Date;
  activityProgress: ActivityProgress;
  gradingProgress: GradingProgress;
  /** At least 0; more than the maximum is extra credit. */
  scoreGiven?: number;
  /** More than 0; required with `scoreGiven`. */
  scoreMaximum?: number;
  comment?: string;
  scoringUserId?: string;
  submission?: { startedAt?: Date; submittedAt?: Date };
  /** Keys are full web addresses. */
  extensions?: Record<string, unknown>;
};

/**
 * Checks a score against the rules of AGS before anything is sent.
 *
 * @throws ScoreInvalid  names the field and the reason
 * @see AGS 2.0 §3.4
 */
export function createScore(input: Score): Score {
  const refuse = (field: string, reason: string) => new ScoreInvalid(field, reason);
  if (input.userId === "") throw refuse("userId", "must not be empty");
  if (input.scoringUserId === "") throw refuse("scoringUserId", "must not be empty");
  if (!isDate(input.timestamp)) throw refuse("timestamp", "must be a date");
  if (!ACTIVITY_PROGRESS.includes(input.activityProgress)) {
    throw refuse("activityProgress", `must be one of ${ACTIVITY_PROGRESS.join(", ")}`);
  }
  if (!GRADING_PROGRESS.includes(input.gradingProgress)) {
    throw refuse("gradingProgress", `must be one of ${GRADING_PROGRESS.join(", ")}`);
  }
  checkPoints(input);
  checkSubmission(input.submission);
  for (const name of Object.keys(input.extensions ?? {})) {
    if (!URL.canParse(name)) throw refuse("extensions", "must be named by full web addresses");
  }
  return Object.freeze({ ...input });
}

/** A score that takes the platform's value back (AGS 2.0 §3.4.4, §4.5). */
export function clearingScore(input: Pick<Score, "userId" | "timestamp">): Score {
  return createScore({ ...input, activityProgress: "Initialized", gradingProgress: "NotReady" });
}

/** The JSON of a score; on one line, because Moodle misreports a refusal otherwise. */
export function scoreToJson(score: Score): string {
  const { submission } = score;
  return JSON.stringify({
    ...score.extensions,
    userId: score.userId,
    scoreGiven: score.scoreGiven,
    scoreMaximum: score.scoreMaximum,
    comment: score.comment,
    activityProgress: score.activityProgress,
    gradingProgress: score.gradingProgress,
    scoringUserId: score.scoringUserId,
    timestamp: score.timestamp.toISOString(),
    submission: submission && {
      startedAt: submission.startedAt?.toISOString(),
      submittedAt: submission.submittedAt?.toISOString(),
    },
  });
}

function checkPoints({ scoreGiven, scoreMaximum }: Score): void {
  if (scoreMaximum !== undefined && !(Number.isFinite(scoreMaximum) && scoreMaximum > 0)) {
    throw new ScoreInvalid("scoreMaximum", "must be more than 0");
  }
  if (scoreGiven === undefined) return;
  if (!(Number.isFinite(scoreGiven) && scoreGiven >= 0)) {
    throw new ScoreInvalid("scoreGiven", "must be at least 0");
  }
  if (scoreMaximum === undefined) {
    throw new ScoreInvalid("scoreMaximum", "must be given with scoreGiven");
  }
}

function checkSubmission(submission: Score["submission"]): void {
  const { startedAt, submittedAt } = submission ?? {};
  for (const date of [startedAt, submittedAt]) {
    if (date !== undefined && !isDate(date))
      throw new ScoreInvalid("submission", "must hold dates");
  }
  if (startedAt && submittedAt && submittedAt < startedAt) {
    throw new ScoreInvalid("submission", "must not be submitted before it was started");
  }
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
