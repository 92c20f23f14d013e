import { refuse } from "#tests/support/platform/http/reply.ts";
import { ACTIVITY_PROGRESS, GRADING_PROGRESS } from "#tests/support/platform/wire.ts";
import { isZonedDateTime, parseMoment, type Moment } from "./timestamp.ts";

export type ScoreBody = {
  userId: string;
  timestamp: string;
  moment: Moment;
  activityProgress: string;
  gradingProgress: string;
  scoreGiven?: number;
  scoreMaximum?: number;
  comment?: string;
  scoringUserId?: string;
  submission?: { startedAt?: string; submittedAt?: string };
  extensions: Record<string, unknown>;
};

const KNOWN: ReadonlySet<string> = new Set([
  "userId",
  "timestamp",
  "activityProgress",
  "gradingProgress",
  "scoreGiven",
  "scoreMaximum",
  "comment",
  "scoringUserId",
  "submission",
]);

/** Reads a score as AGS 2.0 §3.4 has it; checked by hand because it is called for every score. */
export function readScore(json: unknown, { allowsNegative = false } = {}): ScoreBody {
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw invalid("the body must be a JSON object");
  }
  const body = json as Record<string, unknown>;
  const moment = parseMoment(body["timestamp"]);
  if (!moment) throw invalid("timestamp must be ISO 8601 with sub-second precision and a zone");
  return {
    userId: text(body, "userId"),
    timestamp: text(body, "timestamp"),
    moment,
    activityProgress: oneOf(body, "activityProgress", ACTIVITY_PROGRESS),
    gradingProgress: oneOf(body, "gradingProgress", GRADING_PROGRESS),
    ...readPoints(body, allowsNegative),
    comment: body["comment"] === undefined ? undefined : text(body, "comment"),
    scoringUserId: body["scoringUserId"] === undefined ? undefined : text(body, "scoringUserId"),
    submission: readSubmission(body["submission"]),
    extensions: readExtensions(body),
  };
}

function readPoints(
  { scoreGiven, scoreMaximum }: Record<string, unknown>,
  allowsNegative: boolean,
) {
  if (scoreGiven === undefined || scoreGiven === null) return {};
  if (typeof scoreGiven !== "number" || (scoreGiven < 0 && !allowsNegative)) {
    throw invalid("scoreGiven must be a number of at least 0");
  }
  if (typeof scoreMaximum !== "number" || scoreMaximum <= 0) {
    throw invalid("scoreMaximum must be a number above 0 where scoreGiven is present");
  }
  return { scoreGiven, scoreMaximum };
}

function readSubmission(value: unknown): ScoreBody["submission"] {
  if (value === undefined) return undefined;
  if (typeof value !== "object" || value === null) throw invalid("submission must be an object");
  const { startedAt, submittedAt } = value as Record<string, unknown>;
  for (const [name, time] of Object.entries({ startedAt, submittedAt })) {
    if (time !== undefined && !isZonedDateTime(time)) {
      throw invalid(`submission.${name} must be ISO 8601 with a zone`);
    }
  }
  const submission = value as { startedAt?: string; submittedAt?: string };
  if (isBefore(submission.submittedAt, submission.startedAt)) {
    throw invalid("submission.submittedAt is before startedAt");
  }
  return submission;
}

function readExtensions(body: Record<string, unknown>): Record<string, unknown> {
  const extensions: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(body)) {
    if (KNOWN.has(name)) continue;
    if (!/^https?:\/\//.test(name)) throw invalid(`${name} is not a property of a score`);
    extensions[name] = value;
  }
  return extensions;
}

function isBefore(time?: string, other?: string): boolean {
  return time !== undefined && other !== undefined && Date.parse(time) < Date.parse(other);
}

function text(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== "string" || (value === "" && name !== "comment")) {
    throw invalid(`${name} must be a string`);
  }
  return value;
}

function oneOf(body: Record<string, unknown>, name: string, allowed: ReadonlySet<unknown>): string {
  const value = text(body, name);
  if (!allowed.has(value)) throw invalid(`${name} cannot be ${value}`);
  return value;
}

function invalid(words: string) {
  return refuse(400, "bad_request", words);
}
