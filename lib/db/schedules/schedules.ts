import type { Db } from "../client.ts";
import { Prisma, type Schedule } from "../generated/client.ts";
import type { RunKind } from "../generated/enums.ts";
import { hasPendingSql } from "../scores/pending.ts";
import type { Within } from "../lists/paging.ts";
import { idRow, row } from "../rows/shape.ts";
import { text, uuid } from "../rows/types.ts";

/**
 * A time of the week, `{ days: [1..7], from: "08:00", to: "18:00" }`, or whole days,
 * `{ firstDay: "2026-12-19", lastDay: "2027-01-06" }`; both in the schedule's zone.
 */
export type StoredBlackout =
  { days: number[]; from: string; to: string } | { firstDay: string; lastDay: string };

const enabledRow = row({ id: uuid, cron: text, timeZone: text });

/** Those that the scheduler keeps time for. */
export async function enabledSchedules(
  db: Db,
): Promise<{ id: string; cron: string; timeZone: string }[]> {
  const rows = await db.rows(
    enabledRow,
    `SELECT id, cron, time_zone AS "timeZone" FROM schedule WHERE is_enabled ORDER BY id`,
  );
  return rows;
}

const FIRING = {
  registration: { select: { archivedAt: true, state: true } },
  course: { select: { archivedAt: true, membershipsUrl: true } },
} satisfies Prisma.ScheduleInclude;

export type FiringSchedule = Omit<
  Prisma.ScheduleGetPayload<{ include: typeof FIRING }>,
  "blackouts"
> & { blackouts: StoredBlackout[] };

/** A schedule whose time has come; another process that came to the same end waits. */
export async function lockSchedule(db: Db, id: string): Promise<FiringSchedule | null> {
  await db.execute(Prisma.sql`SELECT 1 FROM schedule WHERE id = ${id}::uuid FOR UPDATE`);
  const schedule = await db.prisma.schedule.findUnique({ where: { id }, include: FIRING });
  return schedule && { ...schedule, blackouts: blackoutsOf(schedule) };
}

export function blackoutsOf({ blackouts }: Pick<Schedule, "blackouts">): StoredBlackout[] {
  return blackouts as StoredBlackout[];
}

/** The courses of a schedule of grades whose scores wait, unless they are paused or archived. */
export async function coursesToSend(
  db: Db,
  { registrationId, courseId }: Pick<Schedule, "registrationId" | "courseId">,
): Promise<string[]> {
  const ofCourse = courseId === null ? Prisma.empty : Prisma.sql`AND c.id = ${courseId}::uuid`;
  const rows = await db.rows(
    idRow,
    Prisma.sql`
    SELECT c.id FROM course c
     WHERE c.registration_id = ${registrationId}::uuid ${ofCourse}
       AND c.archived_at IS NULL AND c.paused_at IS NULL
       AND (${Prisma.raw(hasPendingSql("c.id"))} OR EXISTS (
             SELECT FROM line_item JOIN score s ON s.line_item_id = line_item.id
              WHERE line_item.course_id = c.id AND s.needs_proof))
     ORDER BY c.title, c.id`,
  );
  return rows.map(({ id }) => id);
}

/** Writes down what became of a schedule's turn. */
export async function noteFiring(
  db: Db,
  id: string,
  { at, runId, skipped }: { at: Date; runId: string | null; skipped: string | null },
): Promise<void> {
  const data = { lastFiredAt: at, lastSkipReason: skipped, ...(runId && { lastRunId: runId }) };
  await db.prisma.schedule.update({ where: { id }, data });
}

export type ScheduleFields = {
  kind: RunKind;
  cron: string;
  timeZone: string;
  jitterSeconds: number;
  blackouts: StoredBlackout[];
  isEnabled: boolean;
};

const NAMED = {
  registration: { select: { name: true } },
  course: { select: { title: true } },
} satisfies Prisma.ScheduleInclude;

export type ScheduleRow = Prisma.ScheduleGetPayload<{ include: typeof NAMED }>;

export type ScheduleQuery = {
  within?: Within;
  registrationId?: string;
  courseId?: string;
  /** Only those after this one. */
  afterId?: string;
  limit: number;
};

/** Oldest first. */
export async function listSchedules(
  db: Db,
  { within, registrationId, courseId, afterId, limit }: ScheduleQuery,
): Promise<{ rows: ScheduleRow[]; total: number }> {
  const where: Prisma.ScheduleWhereInput = {
    registrationId,
    courseId,
    ...(within && { AND: { registrationId: { in: [...within] } } }),
  };
  const [rows, total] = await Promise.all([
    db.prisma.schedule.findMany({
      where: { ...where, ...(afterId !== undefined && { id: { gt: afterId } }) },
      include: NAMED,
      orderBy: { id: "asc" },
      take: limit,
    }),
    db.prisma.schedule.count({ where }),
  ]);
  return { rows, total };
}

/** Enabled schedules of what is neither archived nor paused, as candidates for what starts next. */
export async function nextCandidates(
  { prisma }: Db,
  { limit, within }: { limit: number; within: Within },
): Promise<ScheduleRow[]> {
  const isLive = { archivedAt: null, pausedAt: null };
  return prisma.schedule.findMany({
    where: {
      isEnabled: true,
      ...(within && { registrationId: { in: [...within] } }),
      registration: { ...isLive, state: "active" },
      OR: [{ courseId: null }, { course: isLive }],
    },
    include: NAMED,
    orderBy: { id: "asc" },
    take: limit,
  });
}

export async function findSchedule(db: Db, id: string): Promise<ScheduleRow | null> {
  return db.prisma.schedule.findUnique({ where: { id }, include: NAMED });
}

export async function insertSchedule(
  db: Db,
  schedule: ScheduleFields & { registrationId: string; courseId: string | null; createdBy: string },
): Promise<string> {
  return (await db.prisma.schedule.create({ data: schedule, select: { id: true } })).id;
}

export async function updateSchedule(
  db: Db,
  id: string,
  fields: Partial<ScheduleFields>,
): Promise<void> {
  await db.prisma.schedule.update({ where: { id }, data: fields });
}

export async function deleteSchedule(db: Db, id: string): Promise<void> {
  await db.prisma.schedule.delete({ where: { id } });
}
