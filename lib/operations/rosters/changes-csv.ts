import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { BYTE_ORDER_MARK, csvLine } from "../lists/csv.ts";
import { listRunRosterChanges } from "./changes.ts";
import type { RosterChangeView } from "./schema.ts";

const HEADER = "course,user_id,name,change,state,field,old,new\r\n";
const PAGE = 200;

/**
 * A run's roster changes as CSV, a piece at a time: one line for each field that differs, and
 * one for a change without fields. Begins with the mark that tells spreadsheets it is UTF-8.
 */
export async function* rosterChangesCsv(
  asker: Asker,
  { runId }: { runId: string },
): AsyncGenerator<string, void, undefined> {
  const caller = await permit(asker, "read", { runId });
  yield `${BYTE_ORDER_MARK}${HEADER}`;
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
      csvLine([courseTitle, userId, name, kind, state, field, from, to]),
    )
    .join("");
}
