import type { Db } from "../client.ts";

export async function setDemo(db: Db, registrationId: string): Promise<void> {
  await db.prisma.registration.update({ where: { id: registrationId }, data: { isDemo: true } });
}

/** What made-up data there is, and the address of its LMS. */
export async function findDemoData(
  db: Db,
): Promise<{ lmsUrl: string; registrations: number; courses: number } | null> {
  const registrations = await db.prisma.registration.findMany({
    where: { isDemo: true },
    select: { issuer: true, _count: { select: { courses: true } } },
  });
  const [first] = registrations;
  if (!first) return null;
  const courses = registrations.reduce((sum, each) => sum + each._count.courses, 0);
  return { lmsUrl: first.issuer, registrations: registrations.length, courses };
}

export async function unfinishedDemoRuns(db: Db): Promise<string[]> {
  const runs = await db.prisma.run.findMany({
    where: {
      registration: { isDemo: true },
      state: { in: ["queued", "running", "paused", "held"] },
    },
    select: { id: true },
  });
  return runs.map(({ id }) => id);
}

/** Deletes the demo's registrations with all that hangs on them. */
export async function deleteDemoData(
  db: Db,
): Promise<{ registrationIds: string[]; courses: number }> {
  const registrations = await db.prisma.registration.findMany({
    where: { isDemo: true },
    select: { id: true },
  });
  const registrationIds = registrations.map(({ id }) => id);
  const courses = await db.prisma.course.count({
    where: { registrationId: { in: registrationIds } },
  });
  await db.prisma.registration.deleteMany({ where: { id: { in: registrationIds } } });
  return { registrationIds, courses };
}
