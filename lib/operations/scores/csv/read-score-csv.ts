import type { ScoreInput } from "../schema.ts";
import { type ColumnKey, type Columns, readColumns } from "./columns.ts";
import { type CsvRecord, splitRecords } from "./records.ts";
import { readScoreRow } from "./score-row.ts";

export type ScoreCsvProblem = { line: number; column: string; message: string };

export type ScoreCsv = {
  /** Rows below the header. */
  lines: number;
  columns: string[];
  ignoredColumns: string[];
  rows: { line: number; score: ScoreInput }[];
  /** By line; while there is one, nothing may be stored. */
  problems: ScoreCsvProblem[];
};

export const MOST_ROWS = 50_000;

/** Reads a CSV of scores: every row that is right, and every problem by line and column. */
export function readScoreCsv(text: string): ScoreCsv {
  const csv: ScoreCsv = { lines: 0, columns: [], ignoredColumns: [], rows: [], problems: [] };
  // The header, the rows, and one more row that says there are too many.
  const split = splitRecords(text, MOST_ROWS + 1);
  if (split.problem) return { ...csv, problems: [{ column: "", ...split.problem }] };
  const [header, ...records] = split.records;
  if (!header) return { ...csv, problems: [{ line: 1, column: "", message: "the file is empty" }] };
  const columns = readColumns(header.values);
  csv.lines = Math.min(records.length, MOST_ROWS);
  csv.columns = [...columns.found.values()].map(({ name }) => name);
  csv.ignoredColumns = columns.ignored;
  csv.problems = columns.problems.map((problem) => ({ line: header.line, ...problem }));
  const beyond = records[MOST_ROWS];
  if (beyond) {
    const message = `the file has more than ${MOST_ROWS} rows`;
    csv.problems.push({ line: beyond.line, column: "", message });
  }
  if (csv.problems.length === 0) readRows(csv, columns, { records, width: header.values.length });
  return csv;
}

function readRows(
  csv: ScoreCsv,
  columns: Columns,
  { records, width }: { records: readonly CsvRecord[]; width: number },
): void {
  const lineOfUser = new Map<string, number>();
  for (const { line, values } of records) {
    const problems = problemsOfRow(values, columns, width);
    const row = readScoreRow((column) => cellOf(values, columns, column));
    problems.push(
      ...row.problems.map(({ column, message }) => ({ column: nameOf(columns, column), message })),
    );
    const earlier = lineOfUser.get(row.score.userId);
    if (earlier !== undefined) {
      const message = `${row.score.userId} is listed already on line ${earlier}`;
      problems.push({ column: nameOf(columns, "userId"), message });
    }
    lineOfUser.set(row.score.userId, earlier ?? line);
    if (problems.length === 0) csv.rows.push({ line, score: row.score });
    else csv.problems.push(...problems.map((problem) => ({ line, ...problem })));
  }
}

function problemsOfRow(values: readonly string[], columns: Columns, width: number) {
  const surplus = values.slice(width);
  if (surplus.every((value) => value.trim() === "") && !isTornApart(values, columns, width))
    return [];
  const message = `has ${values.length} values for ${width} columns; is a comma used as the decimal sign?`;
  return [{ column: "", message }];
}

/** A row with a cell too many, and digits where no number belongs: `87,5` fills two cells. */
function isTornApart(values: readonly string[], columns: Columns, width: number): boolean {
  const numbers = (["scoreGiven", "scoreMaximum"] as const).flatMap(
    (column) => columns.found.get(column)?.index ?? [],
  );
  return numbers.some((index) => {
    const next = index + 1;
    const isDigits = (at: number) => /^\d+$/.test((values[at] ?? "").trim());
    return values.length > width && !numbers.includes(next) && isDigits(index) && isDigits(next);
  });
}

function cellOf(values: readonly string[], columns: Columns, column: ColumnKey): string {
  const index = columns.found.get(column)?.index;
  return index === undefined ? "" : (values[index] ?? "").trim();
}

function nameOf(columns: Columns, column: ColumnKey): string {
  return columns.found.get(column)?.name ?? column;
}
