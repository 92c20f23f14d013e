import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { RosterChangeKind, RosterChangeState } from "../generated/enums.ts";
import { containsText, countUpToMost, where, type Window } from "../lists/paging.ts";

export type RosterChangeRow = {
  id: bigint;
  runId: string;
  courseId: string;
  courseTitle: string;
  userId: string;
  /** As the roster has it now; null for somebody who was only previewed. */
  name: string | null;
  kind: RosterChangeKind;
  state: RosterChangeState;
  fields: Record<string, { from?: unknown; to: unknown }>;
  at: Date;
};

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
    db.prisma.$queryRaw<RosterChangeRow[]>`
      SELECT c.id, c.run_id AS "runId", c.course_id AS "courseId", course.title AS "courseTitle",
             c.user_id AS "userId", m.name, c.kind::text AS kind, c.state::text AS state,
             c.fields, c.at
        FROM ${NAMED} JOIN course ON course.id = c.course_id
        ${where([...conditions, isAfter])}
       ORDER BY c.id ${newestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${query.limit}`,
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

export type RosterChangeCount = { kind: RosterChangeKind; state: RosterChangeState; count: number };

/** How many changes of each kind a run has, and what became of them. */
export async function countRosterChanges(
  db: Db,
  query: { runId: string; courseId?: string },
): Promise<RosterChangeCount[]> {
  return db.prisma.$queryRaw<RosterChangeCount[]>`
    SELECT c.kind::text AS kind, c.state::text AS state, count(*)::int AS count
      FROM roster_change c ${where(scopeOf(query))} GROUP BY 1, 2`;
}

function scopeOf({ runId, courseId }: { runId?: string; courseId?: string }) {
  return [
    runId !== undefined && Prisma.sql`c.run_id = ${runId}::uuid`,
    courseId !== undefined && Prisma.sql`c.course_id = ${courseId}::uuid`,
  ];
}
