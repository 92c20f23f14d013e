import type { Db } from "../client.ts";
import { Prisma, type Hold } from "../generated/client.ts";
import type { HoldState } from "../generated/enums.ts";
import {
  countUpToMost,
  idIsOneOf,
  isWithin,
  where,
  type Window,
  type Within,
} from "../lists/paging.ts";
import { type After, inOrderOf, type Order, orderedPage, type SortKey } from "../lists/sorting.ts";
import { holdState, rosterChangeState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, int8, text, timestamptz, uuid } from "../rows/types.ts";

const holdRow = row({
  id: uuid,
  runId: uuid,
  courseId: uuid,
  registrationId: uuid,
  state: holdState,
  rule: text,
  removals: int4,
  membersBefore: int4,
  createdAt: timestamptz,
  decidedAt: timestamptz.nullable,
  decidedBy: text.nullable,
  courseTitle: text,
  registrationName: text,
  /** What the same sync did apply. */
  membersAdded: int4,
  membersChanged: int4,
  /** Other open holds of the registration. */
  similar: int4,
  dropsAllowedUntil: timestamptz.nullable,
  /** Whom its approval removed and who are still removed by it. */
  restorable: int4,
  /** Whom it named and its approval did not remove: they were back on the roster. */
  stayed: int4,
});

export type HoldRow = RowOf<typeof holdRow>;

export type HoldConditions = {
  within?: Within;
  ids?: string[];
  state?: HoldState;
  rule?: string;
  registrationId?: string;
  courseId?: string;
  runId?: string;
  since?: Date;
  until?: Date;
};

export type HoldQuery = HoldConditions & { order: Order; after?: After; limit: number };

/** What holds can be ordered by. */
export const HOLD_ORDERS = {
  createdAt: { value: Prisma.sql`h.created_at`, is: "time" },
  removals: { value: Prisma.sql`h.removals`, is: "number" },
} satisfies Record<string, SortKey>;

/** `keys` are the sort keys of the rows. */
export async function listHolds(
  db: Db,
  query: HoldQuery,
): Promise<{ rows: HoldRow[]; keys: After[]; total: number }> {
  const conditions = holdConditions(query);
  const from = Prisma.sql`hold h`;
  const [keys, total] = await Promise.all([
    orderedPage(db, { ...query, after: query.after, from, conditions, id: ID, idIs: "uuid" }),
    countUpToMost(db, Prisma.sql`FROM hold h ${where(conditions)}`),
  ]);
  const ids = keys.map(({ id }) => id);
  const rows = await db.rows(
    holdRow,
    withNames(Prisma.sql`SELECT h.* FROM hold h WHERE h.id = ANY (${ids}::uuid[])`),
  );
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys, total };
}

const ID = Prisma.sql`h.id`;

/** What a `hold h` must be. */
export function holdConditions(query: HoldConditions): (Prisma.Sql | false | undefined)[] {
  const { within, ids, state, rule, registrationId, courseId, runId, since, until } = query;
  return [
    isWithin(Prisma.sql`h.registration_id`, within),
    idIsOneOf(ID, ids),
    state !== undefined && Prisma.sql`h.state = ${state}::hold_state`,
    rule !== undefined && Prisma.sql`h.rule = ${rule}`,
    registrationId !== undefined && Prisma.sql`h.registration_id = ${registrationId}::uuid`,
    courseId !== undefined && Prisma.sql`h.course_id = ${courseId}::uuid`,
    runId !== undefined && Prisma.sql`h.run_id = ${runId}::uuid`,
    since !== undefined && Prisma.sql`h.created_at >= ${since}`,
    until !== undefined && Prisma.sql`h.created_at < ${until}`,
  ];
}

export async function findHold(db: Db, id: string): Promise<HoldRow | null> {
  const rows = await db.rows(
    holdRow,
    withNames(Prisma.sql`SELECT h.* FROM hold h WHERE h.id = ${id}::uuid`),
  );
  return rows[0] ?? null;
}

/** Locks a hold until the transaction ends, so that it is decided once. */
export async function lockHold(db: Db, id: string): Promise<Hold | null> {
  await db.execute(Prisma.sql`SELECT 1 FROM hold WHERE id = ${id}::uuid FOR UPDATE`);
  return db.prisma.hold.findUnique({ where: { id } });
}

/** The holds of a page with what they are shown with, in no order. */
function withNames(page: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
  WITH waiting AS MATERIALIZED (
    SELECT registration_id, count(*) AS holds FROM hold
     WHERE state = 'open' GROUP BY registration_id)
  SELECT h.id, h.run_id AS "runId", h.course_id AS "courseId",
         h.registration_id AS "registrationId", h.state, h.rule, h.removals,
         h.members_before AS "membersBefore", h.created_at AS "createdAt",
         h.decided_at AS "decidedAt", h.decided_by AS "decidedBy", c.title AS "courseTitle",
         r.name AS "registrationName", part.members_added AS "membersAdded",
         part.members_changed AS "membersChanged", c.drops_allowed_until AS "dropsAllowedUntil",
         (coalesce(waiting.holds, 0) - (h.state = 'open')::int)::int AS similar,
         CASE WHEN h.state = 'approved' THEN (
           SELECT count(*)::int FROM roster_change change
             JOIN membership m ON m.course_id = change.course_id AND m.user_id = change.user_id
              AND m.removed_at = h.decided_at
            WHERE change.run_id = h.run_id AND change.course_id = h.course_id
              AND change.kind = 'removed' AND change.state = 'applied') ELSE 0 END AS restorable,
         CASE WHEN h.state = 'approved' THEN (
           SELECT count(*)::int FROM roster_change change
            WHERE change.run_id = h.run_id AND change.course_id = h.course_id
              AND change.kind = 'removed' AND change.state = 'discarded') ELSE 0 END AS stayed
    FROM (${page}) h
    JOIN course c ON c.id = h.course_id
    JOIN registration r ON r.id = h.registration_id
    JOIN run_course part ON part.run_id = h.run_id AND part.course_id = h.course_id
    LEFT JOIN waiting ON waiting.registration_id = h.registration_id`;
}

const heldMemberRow = row({
  id: int8,
  userId: text,
  state: rosterChangeState,
  name: text.nullable,
  email: text.nullable,
  roles: array(text),
  firstSeenAt: timestamptz,
  lastSeenAt: timestamptz.nullable,
});

export type HeldMemberRow = RowOf<typeof heldMemberRow>;

/** The people whose removal was held, in the order they were found. */
export async function listHeldMembers(
  db: Db,
  { runId, courseId, after, limit }: Window<bigint> & { runId: string; courseId: string },
): Promise<{ rows: HeldMemberRow[]; total: number }> {
  const held = Prisma.sql`c.run_id = ${runId}::uuid AND c.course_id = ${courseId}::uuid
                          AND c.kind = 'removed'`;
  const isAfter = after === undefined ? Prisma.empty : Prisma.sql`AND c.id > ${after}`;
  const [rows, total] = await Promise.all([
    db.rows(
      heldMemberRow,
      Prisma.sql`
      SELECT c.id, c.user_id AS "userId", c.state, m.name, m.email, m.roles,
             m.first_seen_at AS "firstSeenAt", m.last_seen_at AS "lastSeenAt"
        FROM roster_change c
        JOIN membership m ON m.course_id = c.course_id AND m.user_id = c.user_id
       WHERE ${held} ${isAfter} ORDER BY c.id LIMIT ${limit}`,
    ),
    countUpToMost(db, Prisma.sql`FROM roster_change c WHERE ${held}`),
  ]);
  return { rows, total };
}
