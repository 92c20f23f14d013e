import * as stored from "#lib/db/gradebook/gradebook.ts";
import { gradebookPeople, type GradebookPersonRow } from "#lib/db/gradebook/people.ts";
import type { Asker, Caller } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { NotPermitted } from "../errors.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { permit, seesNames } from "../permit.ts";
import { validated } from "../validated.ts";
import {
  type CellState,
  type Gradebook,
  type GradebookCell,
  type GradebookColumn,
  GradebookFilter,
} from "./schema.ts";

/**
 * A page of the course's people, and their scores in a window of its columns: by name, or by user
 * ID for who does not see names.
 *
 * @throws NotPermitted  a search by text, by who does not see names: it would find them out
 */
export async function getGradebook(
  asker: Asker,
  { courseId, ...filter }: { courseId: string } & Partial<GradebookFilter>,
): Promise<Gradebook> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit, columnsFrom, columnLimit, ...conditions } = validated(
    GradebookFilter,
    filter,
  );
  const names = seesNames(caller.actor);
  if (!names && conditions.q !== undefined) throw new NotPermitted("read:names");
  const course = await requiredCourse(caller.db, courseId);
  const of = { courseId: course.id };
  const last = decodeCursor(cursor, ["text", "text"]);
  const [key = "", id = ""] = last ?? [];
  const [columns, { rows, total }] = await Promise.all([
    stored.gradebookColumns(caller.db, { ...of, from: columnsFrom, limit: columnLimit }),
    gradebookPeople(caller.db, {
      ...of,
      ...conditions,
      byName: names,
      after: last && { key, id },
      limit: limit + 1,
    }),
  ]);
  const cells = await cellsOf(caller, columns, rows);
  const page = pageFrom({
    rows,
    limit,
    total,
    nextCursor: ({ key, userId }) => encodeCursor([key, userId]),
    view: ({ userId, name }) => ({
      userId,
      name: names ? name : null,
      cells: cells.get(userId) ?? [],
    }),
  });
  return { ...page, columns: columns.map(columnOf), columnTotal: columns[0]?.total ?? 0 };
}

async function cellsOf(
  { db }: Caller,
  columns: readonly stored.GradebookColumnRow[],
  people: readonly GradebookPersonRow[],
): Promise<Map<string, GradebookCell[]>> {
  const byPerson = new Map<string, GradebookCell[]>();
  const ids = columns.map(({ id }) => id);
  const userIds = people.map(({ userId }) => userId);
  for (const row of await stored.gradebookCells(db, ids, userIds)) {
    const cells = byPerson.get(row.userId) ?? [];
    cells.push(cellOf(row));
    byPerson.set(row.userId, cells);
  }
  return byPerson;
}

function columnOf({ id, label, scoreMaximum, goneAt }: stored.GradebookColumnRow): GradebookColumn {
  return { id, label, scoreMaximum, goneAt: goneAt?.toISOString() ?? null };
}

function cellOf(row: stored.GradebookCellRow): GradebookCell {
  const { lineItemId, scoreGiven, scoreMaximum, platformScore } = row;
  const state = stateOf(row);
  const holdsAnother = state === "differs" || state === "not_ours";
  return {
    lineItemId,
    state,
    scoreGiven,
    scoreMaximum,
    platformScore: holdsAnother ? platformScore : null,
  };
}

/** What a person wants to know first: what waits or was refused, else what the platform holds. */
function stateOf({ state, proof }: stored.GradebookCellRow): CellState {
  if (state === "not_ours" || state === "rejected") return state;
  if (state === "pending" || state === "sending") return "waiting";
  if (state === "conflict") return "differs";
  if (proof === "same") return "proven";
  if (proof === "differs" || proof === "missing") return proof;
  return state === "skipped" ? "left_alone" : "sent";
}
