import type { ContextAddress } from "#lib/lti/index.ts";
import type { Db } from "../client.ts";
import { courseUses } from "../tokens/used-scopes.ts";
import { offers } from "./addresses.ts";
import { type CourseRow, courseRows, OFFERS_GRADES } from "./course-row.ts";
import {
  ACTIVE_RUNS,
  COURSE_HEALTH,
  type CourseHealth,
  hasHealth,
  ROSTER_STALE_AFTER_DAYS,
} from "./health.ts";
import { Prisma, type Course } from "../generated/client.ts";
import {
  type ArchivedFilter,
  archivedIs,
  containsText,
  countUpToMost,
  isWithin,
  idIsOneOf,
  where,
  type Within,
} from "../lists/paging.ts";
import {
  type After,
  inOrderOf,
  type Order,
  orderedPage,
  scannedPage,
  type SortKey,
  timeOrFirst,
} from "../lists/sorting.ts";

export type CourseQuery = CourseConditions & { order: Order; after?: After; limit: number };

/** What courses can be ordered by. */
export const COURSE_ORDERS = {
  title: { value: Prisma.sql`c.title`, is: "text" },
  createdAt: { value: Prisma.sql`c.created_at`, is: "time" },
  rosterSyncedAt: { value: timeOrFirst(Prisma.sql`c.roster_synced_at`), is: "time" },
  lastLaunchAt: { value: timeOrFirst(Prisma.sql`c.last_launch_at`), is: "time" },
  memberCount: { value: Prisma.sql`coalesce(c.roster_member_count, -1)`, is: "number" },
} satisfies Record<string, SortKey>;

/** `keys` are the sort keys of the rows. */
export async function listCourses(
  db: Db,
  query: CourseQuery,
): Promise<{ rows: CourseRow[]; keys: After[]; total: number }> {
  const { keys, total } = await pageOfCourses(db, query);
  const rows = await courseRows(
    db,
    keys.map(({ id }) => id),
  );
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys, total };
}

async function pageOfCourses(db: Db, query: CourseQuery) {
  const { q, health, order, after, limit } = query;
  const conditions = courseConditions(query);
  const from = Prisma.sql`course c ${health ? COURSES_BY_HEALTH : Prisma.empty}`;
  const page = {
    from,
    conditions,
    order,
    id: Prisma.sql`c.id`,
    idIs: "uuid",
    after,
    limit,
  } as const;
  if (q !== undefined || health !== undefined) return scannedPage(db, page);
  const [keys, total] = await Promise.all([
    orderedPage(db, page),
    countUpToMost(db, Prisma.sql`FROM course c ${where(conditions)}`),
  ]);
  return { keys, total };
}

export async function findCourse(db: Db, id: string): Promise<CourseRow | null> {
  return (await courseRows(db, [id]))[0] ?? null;
}

export type CourseConditions = {
  within?: Within;
  ids?: string[];
  q?: string;
  registrationId?: string;
  /** The platform's ID of the deployment. */
  deploymentId?: string;
  contextId?: string;
  service?: "memberships" | "grades";
  /** It may need this scope. */
  scope?: string;
  health?: CourseHealth;
  waiting?: "roster" | "scores";
  /** Of the last roster sync or the last grade sync. */
  errorCode?: string;
  archived: ArchivedFilter;
};

/** What to join to a `course c` where its health is among the conditions. */
export const COURSES_BY_HEALTH = Prisma.sql`${ACTIVE_RUNS} ${COURSE_HEALTH}`;

/** What a `course c` must be; with `health`, over `COURSES_BY_HEALTH`. */
export function courseConditions(query: CourseConditions): (Prisma.Sql | false | undefined)[] {
  const { ids, q, registrationId, service, health, waiting, errorCode, archived } = query;
  const { deploymentId, contextId, within, scope } = query;
  return [
    isWithin(Prisma.sql`c.registration_id`, within),
    idIsOneOf(Prisma.sql`c.id`, ids),
    archivedIs(Prisma.sql`c.archived_at`, archived),
    registrationId !== undefined && Prisma.sql`c.registration_id = ${registrationId}::uuid`,
    contextId !== undefined && Prisma.sql`c.context_id = ${contextId}`,
    deploymentId !== undefined &&
      Prisma.sql`c.deployment_id IN (SELECT id FROM deployment WHERE deployment_id = ${deploymentId})`,
    q !== undefined &&
      containsText([Prisma.sql`c.title`, Prisma.sql`c.label`, Prisma.sql`c.context_id`], q),
    service === "memberships" && offers("memberships"),
    service === "grades" && OFFERS_GRADES,
    scope !== undefined && courseUses(scope),
    health !== undefined && hasHealth(health),
    errorCode !== undefined && hasError(errorCode),
    waiting === "roster" && HAS_STALE_ROSTER,
    waiting === "scores" && HAS_SCORES_TO_SEND,
  ];
}

/** What failed last and has not succeeded since. */
function hasError(code: string): Prisma.Sql {
  return Prisma.sql`((c.roster_state = 'failed' AND c.roster_error_code = ${code})
    OR (c.grades_state IN ('failed', 'partly_succeeded') AND c.grades_error_code = ${code}))`;
}

const HAS_STALE_ROSTER = Prisma.sql`(
  ${offers("memberships")}
  -- A course that came lately has its time for a first roster as well.
  AND coalesce(c.roster_synced_at, c.created_at)
      < now() - make_interval(days => ${ROSTER_STALE_AFTER_DAYS}::int)
  AND EXISTS (SELECT FROM registration r WHERE r.id = c.registration_id
                 AND r.archived_at IS NULL AND r.state = 'active'))`;

export const HAS_SCORES_TO_SEND = Prisma.sql`EXISTS (
  SELECT 1 FROM line_item JOIN score s ON s.line_item_id = line_item.id
   WHERE line_item.course_id = c.id AND s.state IN ('pending', 'sending'))`;

/** Something that a verification can look at. */
export const HAS_SENT_SCORES = Prisma.sql`EXISTS (
  SELECT 1 FROM line_item JOIN score s ON s.line_item_id = line_item.id
   WHERE line_item.course_id = c.id AND s.state IN ('sent', 'rejected'))`;

export type CourseFields = Pick<
  Course,
  "contextId" | "title" | "label" | "scopes" | "deploymentId" | ContextAddress
>;

/** The new course, or the one that the deployment has for this context already. */
export async function insertCourse(
  db: Db,
  course: CourseFields & { registrationId: string },
): Promise<{ id: string; isNew: boolean }> {
  const { deploymentId, contextId } = course;
  const [made] = await db.prisma.course.createManyAndReturn({
    data: [course],
    skipDuplicates: true,
    select: { id: true },
  });
  if (made) return { ...made, isNew: true };
  const known = await courseOfContext(db, { deploymentId, contextId });
  return { id: known?.id ?? "", isNew: false };
}

/** Those who edit a course wait for each other. */
export async function lockCourse(db: Db, id: string): Promise<void> {
  await db.execute(Prisma.sql`SELECT 1 FROM course WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
}

/** Our ID of the course that a deployment has for a context, if any. */
export async function courseOfContext(
  db: Db,
  { deploymentId, contextId }: Pick<Course, "deploymentId" | "contextId">,
): Promise<{ id: string } | null> {
  const key = { deploymentId_contextId: { deploymentId, contextId } };
  return db.prisma.course.findUnique({ where: key, select: { id: true } });
}

export async function updateCourse(db: Db, id: string, fields: CourseFields): Promise<void> {
  // A differences link belongs to the roster it came with.
  await db.prisma.course.updateMany({
    where: { id, membershipsUrl: { not: fields.membershipsUrl } },
    data: { differencesUrl: null },
  });
  await db.prisma.course.update({ where: { id }, data: fields });
}

/** Returns false when there is no such course. */
export async function setCourseArchived(
  db: Db,
  id: string,
  archivedAt: Date | null,
): Promise<boolean> {
  return (await db.prisma.course.updateMany({ where: { id }, data: { archivedAt } })).count === 1;
}
