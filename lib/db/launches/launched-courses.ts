import type { ContextAddress } from "#lib/lti/index.ts";
import type { Db } from "../client.ts";
import { type Course, type Deployment, Prisma } from "../generated/client.ts";

/** A class that launches at once must not queue for one row. */
const TOUCH_PAUSE_MS = 60_000;

/** The deployment that a platform named; one that is new waits for approval. */
export async function seenDeployment(
  db: Db,
  registrationId: string,
  deploymentId: string,
): Promise<{ deployment: Deployment; isNew: boolean }> {
  const key = { registrationId_deploymentId: { registrationId, deploymentId } };
  const known = await db.prisma.deployment.findUnique({ where: key });
  if (known) return { deployment: known, isNew: false };
  const { count } = await db.prisma.deployment.createMany({
    data: [{ registrationId, deploymentId, state: "pending" }],
    skipDuplicates: true,
  });
  return {
    deployment: await db.prisma.deployment.findUniqueOrThrow({ where: key }),
    isNew: count === 1,
  };
}

export async function touchLaunched(
  db: Db,
  { registrationId, deploymentId }: { registrationId: string; deploymentId: string },
  now: Date,
): Promise<void> {
  const due = { lt: new Date(now.getTime() - TOUCH_PAUSE_MS) };
  const isDue = { OR: [{ lastLaunchAt: null }, { lastLaunchAt: due }] };
  const change = { data: { lastLaunchAt: now } };
  await db.prisma.registration.updateMany({ where: { id: registrationId, ...isDue }, ...change });
  await db.prisma.deployment.updateMany({ where: { id: deploymentId, ...isDue }, ...change });
}

/** The course of a context, locked until the transaction ends; made where it is new. */
export async function lockLaunchedCourse(
  db: Db,
  course: { registrationId: string; deploymentId: string; contextId: string; title: string },
): Promise<{ course: Course; isNew: boolean }> {
  const { deploymentId, contextId } = course;
  const key = { deploymentId_contextId: { deploymentId, contextId } };
  const known = await db.prisma.course.findUnique({ where: key });
  const { count } = known
    ? { count: 0 }
    : await db.prisma.course.createMany({ data: [course], skipDuplicates: true });
  const { id } = await db.prisma.course.findUniqueOrThrow({ where: key, select: { id: true } });
  await db.execute(Prisma.sql`SELECT id FROM course WHERE id = ${id}::uuid FOR NO KEY UPDATE`);
  return { course: await db.prisma.course.findUniqueOrThrow({ where: key }), isNew: count === 1 };
}

export type LaunchedFields = Partial<
  Pick<Course, "title" | "label" | "scopes" | "lastLaunchAt" | ContextAddress>
>;

export async function updateLaunchedCourse(
  db: Db,
  id: string,
  fields: LaunchedFields & { noticeServiceUrl?: string },
): Promise<void> {
  await db.prisma.course.update({ where: { id }, data: fields });
}

/** Courses of a deployment by the platform's IDs, as a notice names them. */
export async function coursesOfContexts(
  db: Db,
  deploymentId: string,
  contextIds: string[],
): Promise<Course[]> {
  return db.prisma.course.findMany({ where: { deploymentId, contextId: { in: contextIds } } });
}

/** Remembers what a launch said of a member's roles; of whoever no roster has listed nothing is kept. */
export async function noteLaunchRoles(
  db: Db,
  courseId: string,
  { userId, roles }: { userId?: string; roles: readonly string[] },
): Promise<void> {
  if (userId === undefined) return;
  await db.execute(
    `UPDATE membership SET launch_roles = $3::text[]
      WHERE course_id = $1::uuid AND user_id = $2 AND launch_roles IS DISTINCT FROM $3::text[]`,
    [courseId, userId, roles],
  );
}
