import type { Db } from "#lib/db/client.ts";
import { Prisma } from "#lib/db/generated/client.ts";
import type { RunKind, RunState, RunTrigger } from "#lib/db/generated/enums.ts";
import { containsText, idIsOneOf, isWithin, type Within } from "#lib/db/lists/paging.ts";
import { idsBeginningWith } from "#lib/db/search/id-range.ts";
import type { SortKey } from "#lib/db/lists/sorting.ts";
import { row } from "#lib/db/rows/shape.ts";
import { text } from "#lib/db/rows/types.ts";

/** What a list of runs may ask for, its states aside. */
export type RunConditions = {
  within?: Within;
  /** The names of people who started a run from a launch are not searched. */
  hidesNames?: boolean;
  ids?: string[];
  kind?: RunKind;
  registrationId?: string;
  courseId?: string;
  trigger?: RunTrigger;
  /** Part of the name of who started it, in any case. */
  actor?: string;
  errorCode?: string;
  /** Asked for from this moment on, and before that one. */
  since?: Date;
  until?: Date;
  minSeconds?: number;
  maxSeconds?: number;
  /** Part of a course's or registration's name or ID, of who started it, or a run ID's beginning. */
  q?: string;
};

export type RunFilter = RunConditions & { state?: RunState[] };

/** How the name of somebody ends who started a run from a launch. */
export const IN_THE_LMS = ", in the LMS";

// As the index over it has it, word for word; see the migration `lists_in_any_order`.
const SECONDS = Prisma.sql`
  (COALESCE(EXTRACT(epoch FROM run.finished_at - run.started_at), 0)::double precision)`;

/** What runs can be ordered by. */
export const RUN_ORDERS = {
  createdAt: { value: Prisma.sql`run.created_at`, is: "time" },
  finishedAt: { value: Prisma.sql`COALESCE(run.finished_at, 'epoch'::timestamptz)`, is: "time" },
  took: { value: SECONDS, is: "number" },
} satisfies Record<string, SortKey>;

/** What a run must be, its state aside. */
export async function runConditions(
  db: Db,
  query: RunConditions,
): Promise<(Prisma.Sql | false | undefined)[]> {
  const {
    kind,
    registrationId,
    courseId,
    trigger,
    actor,
    errorCode,
    q,
    hidesNames = false,
  } = query;
  return [
    isWithin(Prisma.sql`run.registration_id`, query.within),
    idIsOneOf(Prisma.sql`run.id`, query.ids),
    kind !== undefined && Prisma.sql`run.kind = ${kind}::run_kind`,
    registrationId !== undefined && Prisma.sql`run.registration_id = ${registrationId}::uuid`,
    courseId !== undefined && (await isRunOfCourse(db, courseId)),
    trigger !== undefined && Prisma.sql`run.trigger = ${trigger}::run_trigger`,
    actor !== undefined &&
      Prisma.sql`run.started_by = ANY (${await startersNamed(db, actor, hidesNames)})`,
    errorCode !== undefined && Prisma.sql`run.error_code = ${errorCode}`,
    ...timeConditions(query),
    q !== undefined && (await hasText(db, q, hidesNames)),
  ];
}

function timeConditions({ since, until, minSeconds, maxSeconds }: RunConditions) {
  const isTimed = minSeconds !== undefined || maxSeconds !== undefined;
  return [
    since !== undefined && Prisma.sql`run.created_at >= ${since}`,
    until !== undefined && Prisma.sql`run.created_at < ${until}`,
    isTimed && Prisma.sql`run.finished_at IS NOT NULL AND run.started_at IS NOT NULL`,
    minSeconds !== undefined && Prisma.sql`${SECONDS} >= ${minSeconds}::float8`,
    maxSeconds !== undefined && Prisma.sql`${SECONDS} <= ${maxSeconds}::float8`,
  ];
}

/**
 * A run over all courses of a registration is also a run of each of them. Their IDs are read
 * first: with a subquery in the OR, PostgreSQL would look at every run.
 */
async function isRunOfCourse(db: Db, courseId: string): Promise<Prisma.Sql> {
  const parts = await db.prisma.runCourse.findMany({
    where: { courseId },
    select: { runId: true },
  });
  const ids = parts.map(({ runId }) => runId);
  return Prisma.sql`(run.course_id = ${courseId}::uuid OR run.id = ANY (${ids}::uuid[]))`;
}

/** What the text names is looked up first, for the same reason. */
async function hasText(db: Db, q: string, hidesNames: boolean): Promise<Prisma.Sql> {
  const [courses, registrations, starters] = await Promise.all([
    idsIn(
      db,
      Prisma.sql`
        course c
         WHERE ${containsText([Prisma.sql`c.title`, Prisma.sql`c.label`, Prisma.sql`c.context_id`], q)}`,
    ),
    idsIn(
      db,
      Prisma.sql`
        registration r
         WHERE ${containsText([Prisma.sql`r.name`, Prisma.sql`r.issuer`, Prisma.sql`r.client_id`], q)}`,
    ),
    startersNamed(db, q, hidesNames),
  ]);
  const range = idsBeginningWith(q);
  const any = [
    Prisma.sql`run.course_id = ANY (${courses}::uuid[])`,
    Prisma.sql`run.registration_id = ANY (${registrations}::uuid[])`,
    Prisma.sql`run.started_by = ANY (${starters}::text[])`,
    ...(range ? [Prisma.sql`run.id BETWEEN ${range.from}::uuid AND ${range.to}::uuid`] : []),
  ];
  return Prisma.sql`(${Prisma.join(any, " OR ")})`;
}

const idsRow = row({ ids: text });

/** As the text of an array: a text may name tens of thousands of courses, and only PostgreSQL reads them. */
async function idsIn(db: Db, fromWhere: Prisma.Sql): Promise<string> {
  const found = await db.rows(
    idsRow,
    Prisma.sql`SELECT coalesce(array_agg(id)::text, '{}') AS ids FROM ${fromWhere}`,
  );
  return found[0]!.ids;
}

const starterRow = row({ name: text });

/** Names of those who started runs that contain the text: from one to the next along the index. */
async function startersNamed(db: Db, text: string, hidesNames: boolean): Promise<string[]> {
  const found = await db.rows(
    starterRow,
    Prisma.sql`
    WITH RECURSIVE known (name) AS (
      SELECT min(started_by) FROM run
      UNION ALL
      SELECT (SELECT min(started_by) FROM run WHERE started_by > known.name)
        FROM known WHERE known.name IS NOT NULL
    )
    SELECT name FROM known WHERE name IS NOT NULL AND ${containsText([Prisma.sql`name`], text)}
       AND NOT (${hidesNames}::boolean AND name LIKE ${`%${IN_THE_LMS}`})`,
  );
  return found.map(({ name }) => name);
}
