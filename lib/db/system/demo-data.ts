import type { Tx } from "../client.ts";

export async function setDemo(tx: Tx, registrationId: string): Promise<void> {
  await tx.registration.update({ where: { id: registrationId }, data: { isDemo: true } });
}

export async function hasDemoData(tx: Tx): Promise<boolean> {
  return (
    (await tx.registration.findFirst({ where: { isDemo: true }, select: { id: true } })) !== null
  );
}

export async function unfinishedDemoRuns(tx: Tx): Promise<string[]> {
  const runs = await tx.run.findMany({
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
  tx: Tx,
): Promise<{ registrationIds: string[]; courses: number }> {
  const registrations = await tx.registration.findMany({
    where: { isDemo: true },
    select: { id: true },
  });
  const registrationIds = registrations.map(({ id }) => id);
  const courses = await tx.course.count({ where: { registrationId: { in: registrationIds } } });
  await tx.registration.deleteMany({ where: { id: { in: registrationIds } } });
  return { registrationIds, courses };
}
