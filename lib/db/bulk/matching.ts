import {
  type CourseConditions,
  courseConditions,
  COURSES_BY_HEALTH,
  HAS_SCORES_TO_SEND,
  HAS_SENT_SCORES,
} from "../courses/courses.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { RunState } from "../generated/enums.ts";
import { type HoldConditions, holdConditions } from "../holds/list.ts";
import { where } from "../lists/paging.ts";
import { runConditions, type RunFilter } from "../runs/lists/conditions.ts";
import { row } from "../rows/shape.ts";
import { int4, text } from "../rows/types.ts";

/** Everything that a filter matches, and why an action leaves some of it alone. */
export type Matching = {
  from: Prisma.Sql;
  conditions: readonly (Prisma.Sql | false | undefined)[];
  id: Prisma.Sql;
  /** The order in which they are dealt with. */
  order: Prisma.Sql;
  /** What each is called. */
  name: Prisma.Sql;
  /** Words for why; null where the action applies. */
  untouched: Prisma.Sql;
};

export type Untouched = { reason: string; count: number };

const reasonRow = row({ reason: text.nullable, count: int4 });

/** Counts what matches: what the action would be tried on, and what it leaves alone. */
export async function countMatching(
  db: Db,
  matching: Matching,
): Promise<{ targets: number; untouched: Untouched[] }> {
  const { from, conditions, untouched } = matching;
  const groups = await db.rows(
    reasonRow,
    Prisma.sql`
    SELECT matched.reason, count(*)::int AS count
      FROM (SELECT ${untouched} AS reason FROM ${from} ${where(conditions)}) AS matched
     GROUP BY matched.reason ORDER BY count DESC, matched.reason`,
  );
  return {
    targets: groups.find(({ reason }) => reason === null)?.count ?? 0,
    untouched: groups.flatMap(({ reason, count }) => (reason === null ? [] : [{ reason, count }])),
  };
}

const nameRow = row({ name: text });

/** What the first of those that the action would be tried on are called. */
export async function namesMatching(
  db: Db,
  { from, conditions, name, order, untouched }: Matching,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows(
    nameRow,
    Prisma.sql`
    SELECT ${name} AS name FROM ${from} ${where([...conditions, Prisma.sql`${untouched} IS NULL`])}
     ORDER BY ${order} LIMIT ${limit}`,
  );
  return rows.map((each) => each.name);
}

/** Writes down what the action will be tried on, and returns how many those are. */
export async function insertTargets(
  db: Db,
  operationId: string,
  { from, conditions, id, order, untouched }: Matching,
): Promise<number> {
  return db.execute(Prisma.sql`
    INSERT INTO bulk_target (operation_id, position, object_id)
    SELECT ${operationId}::uuid, row_number() OVER (ORDER BY ${order}), ${id}
      FROM ${from} ${where([...conditions, Prisma.sql`${untouched} IS NULL`])}`);
}

const UNFINISHED = Prisma.sql`('queued', 'running', 'paused', 'held')`;

export async function matchingRuns(
  db: Db,
  { state, ...rest }: RunFilter,
  verb: "cancel" | "retry",
): Promise<Matching> {
  return {
    from: Prisma.sql`run`,
    conditions: [...(await runConditions(db, rest)), state && isOneOf(state)],
    id: Prisma.sql`run.id`,
    order: Prisma.sql`run.created_at, run.id`,
    name: Prisma.sql`COALESCE(
      (SELECT title FROM course WHERE course.id = run.course_id),
      (SELECT registration.name FROM registration WHERE registration.id = run.registration_id))`,
    untouched:
      verb === "cancel"
        ? Prisma.sql`CASE WHEN run.state NOT IN ${UNFINISHED} THEN 'finished'
                          WHEN run.cancel_requested_at IS NOT NULL THEN 'stopping already' END`
        : Prisma.sql`CASE WHEN run.state IN ${UNFINISHED} THEN 'not finished'
                          WHEN run.state = 'succeeded' THEN 'without failures' END`,
  };
}

function isOneOf(states: readonly RunState[]): Prisma.Sql {
  return Prisma.sql`run.state = ANY (${states}::run_state[])`;
}

const WITHOUT_GRADES = Prisma.sql`
  WHEN c.line_items_url IS NULL AND c.line_item_url IS NULL THEN 'without a grade service'`;

/** Why a \`course c\` has nothing for a run that needs this. */
const MISSING = {
  memberships: Prisma.sql`WHEN c.memberships_url IS NULL THEN 'without a roster service'`,
  grades: Prisma.sql`${WITHOUT_GRADES}
    WHEN NOT ${HAS_SCORES_TO_SEND} THEN 'without scores that wait'`,
  proof: Prisma.sql`${WITHOUT_GRADES}
    WHEN NOT ${HAS_SENT_SCORES} THEN 'without scores that were sent'`,
};

export function matchingCourses(filter: CourseConditions, need: keyof typeof MISSING): Matching {
  return {
    from: Prisma.sql`course c
      JOIN registration owner ON owner.id = c.registration_id
      JOIN deployment d ON d.id = c.deployment_id
      ${filter.health ? COURSES_BY_HEALTH : Prisma.empty}`,
    conditions: courseConditions(filter),
    id: Prisma.sql`c.id`,
    order: Prisma.sql`c.title, c.id`,
    name: Prisma.sql`c.title`,
    untouched: Prisma.sql`CASE
      WHEN c.archived_at IS NOT NULL OR owner.archived_at IS NOT NULL THEN 'archived'
      WHEN owner.state <> 'active' OR d.state <> 'approved' THEN 'not approved'
      WHEN c.paused_at IS NOT NULL OR owner.paused_at IS NOT NULL THEN 'paused'
      ${MISSING[need]} END`,
  };
}

export function matchingHolds(filter: HoldConditions): Matching {
  return {
    from: Prisma.sql`hold h`,
    conditions: holdConditions(filter),
    id: Prisma.sql`h.id`,
    order: Prisma.sql`h.created_at, h.id`,
    name: Prisma.sql`(SELECT title FROM course WHERE course.id = h.course_id)`,
    untouched: Prisma.sql`CASE WHEN h.state <> 'open' THEN 'decided before' END`,
  };
}
