import * as stored from "#lib/db/rosters/changes/change-list.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, seesNames } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { momentsOf, type Page } from "../fields.ts";
import {
  CourseRosterChangeFilter,
  RunRosterChangeFilter,
  type RosterChangeView,
} from "./schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";
import { IMPERSONAL_FIELDS, MEMBER_FIELDS } from "#lib/db/rosters/columns.ts";

/** What a run found to be different, in the order it was found unless `sort` turns it. */
export async function listRunRosterChanges(
  asker: Asker,
  { runId, ...filter }: { runId: string } & Partial<RunRosterChangeFilter>,
): Promise<Page<RosterChangeView>> {
  const caller = await permit(asker, "read", { runId });
  const { state, sort, ...query } = validated(RunRosterChangeFilter, filter);
  const run = await byId("run", runId, (id) => caller.db.prisma.run.findUnique({ where: { id } }));
  const newestFirst = sort === "-at";
  return page(caller, { ...query, runId: run.id, states: state && [state], newestFirst });
}

/** What syncs changed in a course's roster, newest first; previews are not part of it. */
export async function listCourseRosterChanges(
  asker: Asker,
  { courseId, ...filter }: { courseId: string } & Partial<CourseRosterChangeFilter>,
): Promise<Page<RosterChangeView>> {
  const caller = await permit(asker, "read", { courseId });
  const { state, since, until, sort, ...query } = validated(CourseRosterChangeFilter, filter);
  const { id } = await requiredCourse(caller.db, courseId);
  return page(caller, {
    ...query,
    courseId: id,
    states: state ? [state] : ["applied", "held"],
    ...momentsOf({ since, until }),
    newestFirst: sort === "-at",
  });
}

type Query = Omit<stored.RosterChangeQuery, "after"> & { cursor?: string };

async function page(
  caller: Caller,
  { cursor, limit, ...query }: Query,
): Promise<Page<RosterChangeView>> {
  const names = seesNames(caller.actor);
  const [id] = decodeCursor(cursor, ["number"]) ?? [];
  const after = id === undefined ? undefined : BigInt(id);
  const window = { ...query, after, limit: limit + 1 };
  const { rows, total } = await stored.listRosterChanges(caller.db, window);
  const nextCursor = (row: stored.RosterChangeRow) => encodeCursor([String(row.id)]);
  return pageFrom({ rows, limit, total, nextCursor, view: (row) => changeView(row, names) });
}

const IMPERSONAL = new Set<string>(IMPERSONAL_FIELDS);

/** Without the right to see names only the names of the fields that differ are given. */
function changeView(row: stored.RosterChangeRow, names: boolean): RosterChangeView {
  const fields = MEMBER_FIELDS.flatMap((field) => {
    const change = row.fields[field];
    if (!change) return [];
    if (!names && !IMPERSONAL.has(field)) return [{ field, from: null, to: null }];
    return [{ field, from: words(change.from), to: words(change.to) }];
  });
  const { id, at, name, ...facts } = row;
  const newName = row.fields["name"]?.to;
  return {
    ...facts,
    id: String(id),
    name: names ? (name ?? (typeof newName === "string" ? newName : null)) : null,
    fields,
    at: at.toISOString(),
  };
}

function words(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return Array.isArray(value) ? value.join(", ") : String(value).replaceAll("\n", ", ");
}
