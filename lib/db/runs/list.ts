import type { Db, Tx } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { Run, RunBatch, RunEvent } from "../generated/client.ts";
import type { OutcomeKind, RunKind, RunState } from "../generated/enums.ts";
import { COUNT_LIMIT, countUpToMost, where, type Window } from "../paging.ts";

const NAMES = {
  registration: { select: { name: true } },
  course: { select: { title: true } },
} satisfies Prisma.RunInclude;

/** A run with the names a person knows its target by. */
export type NamedRun = Run & { registration: { name: string }; course: { title: string } | null };

export type RunQuery = Window<{ createdAt: Date; id: string }> & {
  state?: RunState[];
  kind?: RunKind;
  registrationId?: string;
  courseId?: string;
};

/**
 * Newest first. The counts per state ignore the filter's own state; one more than
 * `MOST_COUNTED` stands for more than that.
 */
export async function listRuns(
  db: Db,
  query: RunQuery,
): Promise<{ rows: NamedRun[]; counts: Partial<Record<RunState, number>> }> {
  const conditions = await runConditions(db.prisma, query);
  const [rows, counts] = await Promise.all([
    pageOf(db.prisma, conditions, query),
    countByState(db.prisma, conditions),
  ]);
  return { rows, counts };
}

/** The newest in some states, of which nobody asks how many there are. */
export function latestRuns({ prisma }: Db, state: RunState[], limit: number): Promise<NamedRun[]> {
  return pageOf(prisma, [], { state, limit });
}

/** What a run must be, its state aside. */
export async function runConditions(
  tx: Tx,
  { kind, registrationId, courseId }: Pick<RunQuery, "kind" | "registrationId" | "courseId">,
): Promise<(Prisma.Sql | false)[]> {
  return [
    kind !== undefined && Prisma.sql`run.kind = ${kind}::run_kind`,
    registrationId !== undefined && Prisma.sql`run.registration_id = ${registrationId}::uuid`,
    courseId !== undefined && (await isRunOfCourse(tx, courseId)),
  ];
}

/**
 * A run over all courses of a registration is also a run of each of them. Their IDs are read
 * first: with a subquery in the OR, PostgreSQL would look at every run.
 */
async function isRunOfCourse(tx: Tx, courseId: string): Promise<Prisma.Sql> {
  const parts = await tx.runCourse.findMany({ where: { courseId }, select: { runId: true } });
  const ids = parts.map(({ runId }) => runId);
  return Prisma.sql`(run.course_id = ${courseId}::uuid OR run.id = ANY (${ids}::uuid[]))`;
}

async function pageOf(
  tx: Tx,
  conditions: (Prisma.Sql | false)[],
  { state, after, limit }: RunQuery,
): Promise<NamedRun[]> {
  const isAfter =
    after && Prisma.sql`(run.created_at, run.id) < (${after.createdAt}, ${after.id}::uuid)`;
  const inState = state && Prisma.sql`run.state = wanted.state`;
  const page = Prisma.sql`
    SELECT run.id, run.created_at FROM run ${where([...conditions, inState, isAfter])}
     ORDER BY run.created_at DESC, run.id DESC LIMIT ${limit}`;
  // Each state's page has an index in this order; all states in one condition have none.
  const ids = await tx.$queryRaw<{ id: string }[]>(
    state
      ? Prisma.sql`
          SELECT page.id FROM unnest(${state}::run_state[]) AS wanted (state)
           CROSS JOIN LATERAL (${page}) AS page
           ORDER BY page.created_at DESC, page.id DESC LIMIT ${limit}`
      : page,
  );
  return tx.run.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: NAMES,
  });
}

async function countByState(
  tx: Tx,
  conditions: (Prisma.Sql | false)[],
): Promise<Partial<Record<RunState, number>>> {
  const inState = Prisma.sql`run.state = each.state`;
  const groups = await tx.$queryRaw<{ state: RunState; count: number }[]>`
    SELECT each.state::text AS state, counted.count
      FROM unnest(enum_range(NULL::run_state)) AS each (state)
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS count FROM (
         SELECT 1 FROM run ${where([inState, ...conditions])} LIMIT ${COUNT_LIMIT}) AS those
     ) AS counted
     WHERE counted.count > 0`;
  return Object.fromEntries(groups.map(({ state, count }) => [state, count]));
}

export async function findRun(tx: Tx, id: string): Promise<NamedRun | null> {
  return tx.run.findUnique({ where: { id }, include: NAMES });
}

export type RunPart = Prisma.RunCourseGetPayload<{
  include: { course: { select: { title: true } } };
}>;

export type RunParts = {
  courses: RunPart[];
  batches: RunBatch[];
  events: RunEvent[];
  retries: { id: string }[];
};

const MOST_PARTS = 1_000;
const LATEST_EVENTS = 200;

/** What a run consists of; of its events the latest, oldest first. */
export async function findRunParts(db: Db, runId: string): Promise<RunParts> {
  const [courses, batches, events, retries] = await Promise.all([
    db.prisma.runCourse.findMany({
      where: { runId },
      orderBy: { position: "asc" },
      take: MOST_PARTS,
      include: { course: { select: { title: true } } },
    }),
    db.prisma.runBatch.findMany({
      where: { runId },
      orderBy: { position: "desc" },
      take: MOST_PARTS,
    }),
    db.prisma.runEvent.findMany({
      where: { runId },
      orderBy: { id: "desc" },
      take: LATEST_EVENTS,
    }),
    db.prisma.run.findMany({
      where: { retryOfId: runId },
      orderBy: { createdAt: "asc" },
      select: { id: true },
    }),
  ]);
  return { courses, batches: batches.reverse(), events: events.reverse(), retries };
}

export type OutcomeRow = {
  id: bigint;
  scoreId: string;
  userId: string;
  name: string | null;
  lineItemLabel: string;
  batch: number;
  kind: OutcomeKind;
  scoreGiven: number | null;
  timestamp: Date;
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  at: Date;
};

export async function listOutcomes(
  db: Db,
  query: Window<bigint> & { runId: string; kind?: OutcomeKind },
): Promise<{ rows: OutcomeRow[]; total: number }> {
  const conditions = [
    Prisma.sql`o.run_id = ${query.runId}::uuid`,
    query.kind && Prisma.sql`o.kind = ${query.kind}::outcome_kind`,
  ];
  const isAfter = query.after !== undefined && Prisma.sql`o.id > ${query.after}`;
  const [rows, total] = await Promise.all([
    db.prisma.$queryRaw<OutcomeRow[]>`
      SELECT o.id, o.score_id AS "scoreId", o.user_id AS "userId", m.name,
             li.label AS "lineItemLabel", o.batch, o.kind::text AS kind,
             o.score_given AS "scoreGiven", o.timestamp, o.http_status AS "httpStatus",
             o.error_code AS "errorCode", o.error_message AS "errorMessage", o.at
        FROM score_outcome o
        JOIN score s ON s.id = o.score_id
        JOIN line_item li ON li.id = s.line_item_id
        LEFT JOIN membership m ON m.course_id = li.course_id AND m.user_id = o.user_id
        ${where([...conditions, isAfter])}
       ORDER BY o.id LIMIT ${query.limit}`,
    countUpToMost(db.prisma, Prisma.sql`FROM score_outcome o ${where(conditions)}`),
  ]);
  return { rows, total };
}

/** Makes the scores a run saw rejected pending again, each with a later timestamp. */
export async function requeueRejectedScores(
  tx: Tx,
  runId: string,
  stepMs: number,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE score SET state = 'pending', error_code = NULL, error_message = NULL,
           http_status = NULL, updated_at = now(),
           timestamp = greatest(date_trunc('milliseconds', clock_timestamp()),
                                timestamp + ${stepMs}::int * interval '1 millisecond')
     WHERE run_id = ${runId}::uuid AND state = 'rejected'`;
}
