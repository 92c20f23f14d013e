import type { Db } from "../client.ts";
import {
  ACTIVE_RUN_OF_EACH,
  ACTIVE_RUNS,
  COURSE_HEALTH,
  type CourseHealthReason,
  hasHealth,
  HEALTH_OF_REASON,
  ROSTER_STALE_AFTER_DAYS,
} from "./health.ts";
import { Prisma } from "../generated/client.ts";
import type { Course } from "../generated/client.ts";
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

const SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

/** Told by `health` and the words beside it. */
type KeptOutcomes = Pick<
  Course,
  | "rosterRunId"
  | "rosterState"
  | "rosterErrorCode"
  | "rosterErrorMessage"
  | "rosterErrorDetail"
  | "rosterEndedAt"
  | "gradesRunId"
  | "gradesState"
  | "gradesErrorCode"
  | "gradesErrorMessage"
  | "gradesFailed"
  | "gradesEndedAt"
>;

export type CourseRow = Omit<Course, "deploymentId" | keyof KeptOutcomes> & {
  registrationName: string;
  platform: string;
  /** The platform's ID of the deployment. */
  deploymentId: string;
  offersGrades: boolean;
  pending: number;
  sending: number;
  sent: number;
  rejected: number;
  conflict: number;
  health: "unknown" | "healthy" | "warning" | "degraded" | "paused";
  healthReason: CourseHealthReason | null;
  rosterErrorCode: string | null;
  rosterErrorMessage: string | null;
  rosterErrorDetail: Record<string, unknown> | null;
  gradesErrorMessage: string | null;
  gradesFailed: number | null;
  waitReason: string | null;
  activeRunId: string | null;
};

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
  health?: CourseRow["health"];
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
  const { deploymentId, contextId, within } = query;
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
    service === "memberships" && Prisma.sql`c.memberships_url IS NOT NULL`,
    service === "grades" && OFFERS_GRADES,
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
  c.memberships_url IS NOT NULL
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

// A course without announced scopes may have been entered by hand: then the platform decides.
const OFFERS_GRADES = Prisma.sql`(
  (c.line_items_url IS NOT NULL OR c.line_item_url IS NOT NULL)
  AND (c.scopes = '{}' OR ${SCORE_SCOPE} = ANY (c.scopes)))`;

async function courseRows(db: Db, ids: string[]): Promise<CourseRow[]> {
  if (ids.length === 0) return [];
  return db.prisma.$queryRaw<CourseRow[]>`
    SELECT c.id, c.registration_id AS "registrationId", registration.name AS "registrationName",
           registration.profile AS platform,
           deployment.deployment_id AS "deploymentId", c.context_id AS "contextId", c.title,
           c.label, c.memberships_url AS "membershipsUrl", c.line_items_url AS "lineItemsUrl",
           c.line_item_url AS "lineItemUrl", c.scopes, c.differences_url AS "differencesUrl",
           CASE WHEN c.drops_allowed_until > now() THEN c.drops_allowed_until END
             AS "dropsAllowedUntil",
           c.roster_synced_at AS "rosterSyncedAt", c.roster_member_count AS "rosterMemberCount",
           c.send_policy::text AS "sendPolicy", c.conflict_policy::text AS "conflictPolicy",
           c.not_fully_graded::text AS "notFullyGraded",
           c.send_unchanged AS "sendUnchanged", c.verify_after_send AS "verifyAfterSend",
           c.proof_total AS "proofTotal", c.proof_same AS "proofSame", c.proof_open AS "proofOpen",
           c.proof_foreign AS "proofForeign", c.proved_at AS "provedAt", c.paused_at AS "pausedAt",
           c.paused_by AS "pausedBy",
           c.archived_at AS "archivedAt", c.created_at AS "createdAt",
           c.updated_at AS "updatedAt", ${OFFERS_GRADES} AS "offersGrades", scores.*,
           ${HEALTH_OF_REASON} AS health, health.reason AS "healthReason",
           c.roster_error_code AS "rosterErrorCode", c.roster_error_message AS "rosterErrorMessage",
           c.roster_error_detail AS "rosterErrorDetail",
           c.grades_error_message AS "gradesErrorMessage", c.grades_failed AS "gradesFailed",
           active.wait_reason AS "waitReason", active.id AS "activeRunId"
      FROM course c
      JOIN registration ON registration.id = c.registration_id
      JOIN deployment ON deployment.id = c.deployment_id
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE s.state = 'pending')::int AS pending,
               count(*) FILTER (WHERE s.state = 'sending')::int AS sending,
               count(*) FILTER (WHERE s.state = 'sent')::int AS sent,
               count(*) FILTER (WHERE s.state = 'rejected')::int AS rejected,
               count(*) FILTER (WHERE s.state = 'conflict')::int AS conflict
          FROM line_item JOIN score s ON s.line_item_id = line_item.id
         WHERE line_item.course_id = c.id
      ) scores
      ${ACTIVE_RUN_OF_EACH} ${COURSE_HEALTH}
     WHERE c.id = ANY (${ids}::uuid[])
     ORDER BY c.title, c.id`;
}

export type CourseFields = Pick<
  Course,
  | "contextId"
  | "title"
  | "label"
  | "membershipsUrl"
  | "lineItemsUrl"
  | "lineItemUrl"
  | "scopes"
  | "deploymentId"
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
  await db.prisma.$queryRaw`SELECT 1 FROM course WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
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
