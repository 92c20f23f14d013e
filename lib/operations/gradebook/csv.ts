import type { Asker } from "../caller.ts";
import { BYTE_ORDER_MARK, csvLine } from "../lists/csv.ts";
import { permit } from "../permit.ts";
import { getGradebook } from "./gradebook.ts";
import type { Gradebook, GradebookFilter, GradebookRow } from "./schema.ts";

const PEOPLE = 200;
const COLUMNS = 200;

type Asked = { courseId: string } & Pick<Partial<GradebookFilter>, "q" | "state">;

/**
 * The gradebook as CSV, a page of people at a time: a line for each person, and for each column
 * its score and the state of it. Begins with the mark that tells spreadsheets it is UTF-8.
 */
export async function* gradebookCsv(
  asker: Asker,
  { courseId, q, state }: Asked,
): AsyncGenerator<string, void, undefined> {
  const caller = await permit(asker, "read", { courseId });
  let cursor: string | undefined;
  do {
    const windows = await windowsOf(caller, { courseId, q, state, cursor });
    const columns = windows.flatMap((window) => window.columns);
    if (cursor === undefined) yield BYTE_ORDER_MARK + headerOf(columns);
    yield windows[0]!.items.map((row, at) => lineOf(columns, row, windows, at)).join("");
    cursor = windows[0]!.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

/** The same people in each window of columns, until there are no more columns. */
async function windowsOf(caller: Asker, asked: Asked & { cursor?: string }): Promise<Gradebook[]> {
  const windows: Gradebook[] = [];
  let columnsFrom = 0;
  do {
    const page = { limit: PEOPLE, columnsFrom, columnLimit: COLUMNS };
    windows.push(await getGradebook(caller, { ...asked, ...page }));
    columnsFrom += COLUMNS;
  } while (columnsFrom < windows[0]!.columnTotal);
  return windows;
}

function headerOf(columns: Gradebook["columns"]): string {
  const names = columns.flatMap(({ label, scoreMaximum }) => [
    `${label} (of ${scoreMaximum})`,
    `${label}: state`,
  ]);
  return csvLine(["user_id", "name", ...names]);
}

function lineOf(
  columns: Gradebook["columns"],
  { userId, name }: GradebookRow,
  windows: readonly Gradebook[],
  at: number,
): string {
  const mine = windows.flatMap(({ items }) =>
    items[at]?.userId === userId ? items[at]!.cells : [],
  );
  const cells = new Map(mine.map((cell) => [cell.lineItemId, cell]));
  const values = columns.flatMap(({ id }) => {
    const cell = cells.get(id);
    return [cell?.scoreGiven, cell?.state];
  });
  return csvLine([userId, name, ...values]);
}
