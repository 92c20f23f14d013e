import { ActivityProgress, GradingProgress, type ScoreInput } from "../schema.ts";
import type { ColumnKey } from "./columns.ts";
import { withoutApostrophe } from "./formulas.ts";

export type CellProblem = { column: ColumnKey; message: string };
export type ScoreRow = { score: ScoreInput; problems: CellProblem[] };

const MAX_USER_ID = 255;
const MAX_COMMENT = 10_000;

/** Reads one row; what cannot be read is a problem of its cell. */
export function readScoreRow(cell: (column: ColumnKey) => string): ScoreRow {
  const problems: CellProblem[] = [];
  const refuse = (column: ColumnKey, message: string) => void problems.push({ column, message });
  const number = (column: ColumnKey) => {
    const { value, problem } = readNumber(cell(column));
    if (problem) refuse(column, problem);
    return value;
  };
  const userId = withoutApostrophe(cell("userId"));
  if (userId === "") refuse("userId", "is empty");
  if (userId.length > MAX_USER_ID) refuse("userId", `is longer than ${MAX_USER_ID} characters`);
  const comment = cell("comment");
  if (comment.length > MAX_COMMENT) refuse("comment", `is longer than ${MAX_COMMENT} characters`);
  for (const column of ["userId", "comment"] as const) {
    if (cell(column).includes("\u0000")) refuse(column, "contains a NUL character");
  }
  const activityProgress = oneOf(ActivityProgress.options, cell("activityProgress"), "Completed");
  if (!activityProgress) refuse("activityProgress", unlike(ActivityProgress.options));
  const gradingProgress = oneOf(GradingProgress.options, cell("gradingProgress"), "FullyGraded");
  if (!gradingProgress) refuse("gradingProgress", unlike(GradingProgress.options));
  const scoreGiven = number("scoreGiven");
  if (cell("scoreGiven") === "" && !isClearing(cell("gradingProgress"), gradingProgress)) {
    refuse("scoreGiven", "is empty; to take a score back, give grading_progress as NotReady");
  }
  const scoreMaximum = number("scoreMaximum");
  if (scoreMaximum === 0) refuse("scoreMaximum", "must be more than 0 (AGS 2.0 §3.4.6)");
  const score: ScoreInput = {
    userId,
    scoreGiven: scoreGiven ?? null,
    scoreMaximum,
    activityProgress: activityProgress ?? "Completed",
    gradingProgress: gradingProgress ?? "FullyGraded",
    comment: comment === "" ? undefined : comment,
  };
  return { score, problems };
}

/** Clearing a result must be said: an empty cell alone is more often an oversight. */
function isClearing(written: string, gradingProgress: string | undefined): boolean {
  return written !== "" && gradingProgress !== "FullyGraded";
}

function readNumber(text: string): { value?: number; problem?: string } {
  if (text === "") return {};
  if (/^\d+(\.\d+)?$/.test(text) && Number.isFinite(Number(text))) return { value: Number(text) };
  if (/^-/.test(text)) return { problem: "must not be negative (AGS 2.0 §3.4.5)" };
  if (/^\d+,\d+$/.test(text)) {
    return { problem: `must have a decimal point: ${text.replace(",", ".")} instead of ${text}` };
  }
  return { problem: `is not a number: ${text.slice(0, 40)}` };
}

/** The option that a cell names, whatever its case; the standard one for an empty cell. */
function oneOf<Option extends string>(
  options: readonly Option[],
  text: string,
  standard: Option,
): Option | undefined {
  if (text === "") return standard;
  return options.find((option) => option.toLowerCase() === text.toLowerCase());
}

function unlike(options: readonly string[]): string {
  return `must be one of ${options.join(", ")}`;
}
