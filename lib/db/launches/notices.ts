import type { Db } from "../client.ts";
import type { Deployment, Notice, Prisma } from "../generated/client.ts";

export type NewNotice = {
  registrationId: string;
  jti: string;
  type: string;
  payload: Prisma.InputJsonObject;
};

/** Null when this notice came before: platforms may deliver one twice. */
export async function insertNotice(db: Db, notice: NewNotice): Promise<Notice | null> {
  const [created] = await db.prisma.notice.createManyAndReturn({
    data: [notice],
    skipDuplicates: true,
  });
  return created ?? null;
}

export async function recordNoticeOutcome(
  db: Db,
  id: string,
  outcome: string,
  now: Date,
): Promise<void> {
  await db.prisma.notice.update({ where: { id }, data: { outcome, handledAt: now } });
}

export async function approvedDeployment(
  db: Db,
  registrationId: string,
  deploymentId: string,
): Promise<Deployment | null> {
  return db.prisma.deployment.findFirst({
    where: { registrationId, deploymentId, state: "approved" },
  });
}

/** Resource IDs and tags of the columns of some courses: what a copy carries over. */
export async function columnsOf(
  db: Db,
  courseIds: string[],
): Promise<{ resourceId: string | null; tag: string | null; label: string; url: string }[]> {
  return db.prisma.lineItem.findMany({
    where: { courseId: { in: courseIds } },
    select: { resourceId: true, tag: true, label: true, url: true },
  });
}
