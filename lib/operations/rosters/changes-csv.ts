import type { Caller } from "../caller.ts";
import { harmless } from "../scores/csv/formulas.ts";
import { listRunRosterChanges } from "./changes.ts";
import type { RosterChangeView } from "./schema.ts";

const HEADER = "course,user_id,name,change,state,field,old,new\r\n";
const PAGE = 200;

/**
 * A run's roster changes as CSV, a piece at a time: one line for each field that differs, and
 * one for a change without fields. Begins with the mark that tells spreadsheets it is UTF-8.
 */
export async function* rosterChangesCsv(
  caller: Caller,
  { runId }: { runId: string },
): AsyncGenerator<string, void, undefined> {
  yield `\uFEFF${HEADER}`;
  let cursor: string | undefined;
  do {
    const page = await listRunRosterChanges(caller, { runId, cursor, limit: PAGE });
    yield page.items.map(linesOf).join("");
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

function linesOf(change: RosterChangeView): string {
  const { courseTitle, userId, name, kind, state } = change;
  const fields = change.fields.length > 0 ? change.fields : [{ field: "", from: null, to: null }];
  return fields
    .map(({ field, from, to }) =>
      [courseTitle, userId, name, kind, state, field, from, to].map(cell).join(","),
    )
    .join("\r\n")
    .concat("\r\n");
}

/** Quoted where needed; a leading apostrophe keeps spreadsheets from reading a formula. */
function cell(value: string | null): string {
  if (value === null) return "";
  const safe = harmless(value);
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
