import { peopleInRoster } from "#lib/db/scores/scores.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { permit, seesNames } from "#lib/operations/permit.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { requiredLineItem } from "#lib/operations/line-items/line-items.ts";
import { validated } from "#lib/operations/validated.ts";
import { ScoreCsvOptions, type ScoreCsvPreview, type ScorePushResult } from "../schema.ts";
import { countTeachers, storeScores } from "../push/store-scores.ts";
import { readScoreCsvApart } from "./apart/read-apart.ts";
import type { ScoreCsvProblem } from "./read-score-csv.ts";

export { decodeCsv } from "./decode-csv.ts";

const SAMPLE_ROWS = 20;
const PROBLEMS_SHOWN = 200;

type ScoreCsvInput = { lineItemId: string; csv: string };

/** Reads a CSV of scores and says what would be stored; nothing is. */
export async function previewScoreCsv(
  asker: Asker,
  { lineItemId, csv }: ScoreCsvInput,
): Promise<ScoreCsvPreview> {
  const caller = await permit(asker, "scores:write", { lineItemId });
  const { db } = caller;
  const names = seesNames(caller.actor);
  const lineItem = await requiredLineItem(db, lineItemId);
  const { rows, problems, ...read } = await readScoreCsvApart(csv);
  const userIds = rows.map(({ score }) => score.userId);
  const roster = await peopleInRoster(db, lineItem.courseId, userIds);
  return {
    ...read,
    valid: rows.length,
    errors: problems.slice(0, PROBLEMS_SHOWN),
    errorCount: problems.length,
    sample: rows.slice(0, SAMPLE_ROWS).map(({ line, score }) => ({
      line,
      userId: score.userId,
      name: names ? (roster.get(score.userId)?.name ?? null) : null,
      scoreGiven: score.scoreGiven ?? null,
      scoreMaximum: score.scoreMaximum ?? lineItem.scoreMaximum,
      comment: score.comment ?? null,
      inRoster: roster.has(score.userId),
    })),
    notInRoster: userIds.filter((userId) => !roster.has(userId)).length,
    teachers: countTeachers(roster),
    aboveMaximum: rows.filter(
      ({ score }) => (score.scoreGiven ?? 0) > (score.scoreMaximum ?? lineItem.scoreMaximum),
    ).length,
  };
}

/**
 * Stores the scores of a CSV, all or none.
 *
 * @throws InvalidInput  a line is wrong; nothing is stored
 */
export async function confirmScoreCsv(
  asker: Asker,
  input: ScoreCsvInput & Partial<ScoreCsvOptions>,
): Promise<ScorePushResult> {
  const caller = await permit(asker, "scores:write", { lineItemId: input.lineItemId });
  const { lineItemId, csv } = input;
  const { send } = validated(ScoreCsvOptions, input);
  const { rows, problems } = await readScoreCsvApart(csv);
  if (problems.length > 0) throw new InvalidInput({ csv: inWords(problems) });
  if (rows.length === 0) throw new InvalidInput({ csv: ["there is no row below the header"] });
  const read = rows.map(({ score }, index) => ({ index, score }));
  return storeScores(caller, { lineItemId, rows: read, send, source: "csv" });
}

function inWords(problems: readonly ScoreCsvProblem[]): string[] {
  const shown = problems.slice(0, PROBLEMS_SHOWN).map(({ line, column, message }) => {
    return column === "" ? `line ${line}: ${message}` : `line ${line}, ${column}: ${message}`;
  });
  const hidden = problems.length - shown.length;
  return hidden > 0 ? [...shown, `and ${hidden} more`] : shown;
}
