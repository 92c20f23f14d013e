import type { Db, Tx } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { Run, RunBatch, RunEvent } from "./generated/client.ts";
import type { OutcomeKind, RunKind, RunState } from "./generated/enums.ts";
import { where, type Window } from "./paging.ts";

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

/** Newest first; the counts per state ignore the filter's own state. */
export async function listRuns(
  db: Db,
  query: RunQuery,
): Promise<{ rows: NamedRun[]; counts: Partial<Record<RunState, number>> }> {
  const target = {
    ...(query.kind && { kind: query.kind }),
    ...(query.registrationId && { registrationId: query.registrationId }),
    ...(query.courseId && (await runsOfCourse(db, query.courseId))),
  } satisfies Prisma.RunWhereInput;
  const { after } = query;
  const rest = after && {
    OR: [
      { createdAt: { lt: after.createdAt } },
      { createdAt: after.createdAt, id: { lt: after.id } },
    ],
  };
  const [rows, groups] = await Promise.all([
    db.prisma.run.findMany({
      where: { AND: [target, query.state ? { state: { in: query.state } } : {}, rest ?? {}] },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: query.limit,
      include: NAMES,
    }),
    db.prisma.run.groupBy({ by: ["state"], where: target, _count: true }),
  ]);
  return { rows, counts: Object.fromEntries(groups.map((group) => [group.state, group._count])) };
}

/**
 * A run over all courses of a registration is also a run of each of them. Their IDs are read
 * first: with a subquery in the OR, PostgreSQL would look at every run.
 */
async function runsOfCourse(db: Db, courseId: string) {
  const parts = await db.prisma.runCourse.findMany({
    where: { courseId },
    select: { runId: true },
  });
  const ids = parts.map(({ runId }) => runId);
  return { OR: [{ courseId }, { id: { in: ids } }] } satisfies Prisma.RunWhereInput;
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
  const [rows, counted] = await Promise.all([
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
    db.prisma.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM score_outcome o ${where(conditions)}`,
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
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
