import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { RosterChangeKind, RosterChangeState } from "#lib/db/generated/enums.ts";
import { containsText, countUpToMost, where, type Window } from "#lib/db/lists/paging.ts";
import { rosterChangeKind, rosterChangeState } from "#lib/db/rows/enums.ts";
import { row, type RowOf } from "#lib/db/rows/shape.ts";
import { int4, int8, jsonb, text, timestamptz, uuid } from "#lib/db/rows/types.ts";

/** Field by field. A new member's fields have no `from`. */
const changedFields = z.record(
  z.string(),
  z.strictObject({ from: z.unknown().optional(), to: z.unknown() }),
);

const changeRow = row({
  id: int8,
  runId: uuid,
  courseId: uuid,
  courseTitle: text,
  userId: text,
  /** As the roster has it now; null for somebody who was only previewed. */
  name: text.nullable,
  kind: rosterChangeKind,
  state: rosterChangeState,
  fields: jsonb(changedFields),
  at: timestamptz,
});

export type RosterChangeRow = RowOf<typeof changeRow>;

export type RosterChangeQuery = Window<bigint> & {
  runId?: string;
  courseId?: string;
  kind?: RosterChangeKind;
  states?: RosterChangeState[];
  since?: Date;
  until?: Date;
  /** Part of the person's name or user ID. */
  q?: string;
  /** Or in the order they were found. */
  newestFirst: boolean;
};

export async function listRosterChanges(
  db: Db,
  query: RosterChangeQuery,
): Promise<{ rows: RosterChangeRow[]; total: number }> {
  const conditions = [
    ...scopeOf(query),
    query.kind && Prisma.sql`c.kind = ${query.kind}::roster_change_kind`,
    query.states && Prisma.sql`c.state = ANY (${query.states}::roster_change_state[])`,
    query.since && Prisma.sql`c.at >= ${query.since}`,
    query.until && Prisma.sql`c.at < ${query.until}`,
    query.q !== undefined && containsText([Prisma.sql`c.user_id`, Prisma.sql`m.name`], query.q),
  ];
  const { after, newestFirst } = query;
  const isAfter =
    after !== undefined &&
    (newestFirst ? Prisma.sql`c.id < ${after}` : Prisma.sql`c.id > ${after}`);
  const [rows, total] = await Promise.all([
    db.rows(
      changeRow,
      Prisma.sql`
      SELECT c.id, c.run_id AS "runId", c.course_id AS "courseId", course.title AS "courseTitle",
             c.user_id AS "userId", m.name, c.kind, c.state,
             c.fields, c.at
        FROM ${NAMED} JOIN course ON course.id = c.course_id
        ${where([...conditions, isAfter])}
       ORDER BY c.id ${newestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${query.limit}`,
    ),
    countUpToMost(
      db,
      Prisma.sql`FROM ${query.q === undefined ? Prisma.sql`roster_change c` : NAMED} ${where(conditions)}`,
    ),
  ]);
  return { rows, total };
}

const NAMED = Prisma.sql`
  roster_change c
  LEFT JOIN membership m ON m.course_id = c.course_id AND m.user_id = c.user_id`;

const countRow = row({
  kind: rosterChangeKind,
  state: rosterChangeState,
  count: int4,
});

export type RosterChangeCount = RowOf<typeof countRow>;

/** How many changes of each kind a run has, and what became of them. */
export async function countRosterChanges(
  db: Db,
  query: { runId: string; courseId?: string },
): Promise<RosterChangeCount[]> {
  return db.rows(
    countRow,
    Prisma.sql`
    SELECT c.kind, c.state, count(*)::int AS count
      FROM roster_change c ${where(scopeOf(query))} GROUP BY 1, 2`,
  );
}

function scopeOf({ runId, courseId }: { runId?: string; courseId?: string }) {
  return [
    runId !== undefined && Prisma.sql`c.run_id = ${runId}::uuid`,
    courseId !== undefined && Prisma.sql`c.course_id = ${courseId}::uuid`,
  ];
}
