import { FULL_ACCESS } from "#lib/auth/rights.ts";
import type { Run } from "#lib/db/generated/client.ts";
import type { Caller } from "#lib/operations/caller.ts";
import type { AddedCourse, Installation } from "./installation.ts";
import { addCourse, register, startRun } from "./installation.ts";
import type { PlatformClient } from "./platform/index.ts";

export type StoredCourse = AddedCourse & { registrationId: string; clientId: string };

/** A registration with one course on the platform. */
export async function oneCourse(
  installation: Installation,
  platform: PlatformClient,
  given: Parameters<typeof addCourse>[3],
): Promise<StoredCourse> {
  const registration = await register(installation, platform);
  const made = await addCourse(installation, platform, registration, given);
  return { ...made, registrationId: registration.id, clientId: registration.clientId };
}

/** Waits until a run waits for a person or has ended. */
export async function settled({ db }: Pick<Installation, "db">, runId: string): Promise<Run> {
  for (;;) {
    const run = await db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
    if (!["queued", "running"].includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Syncs one course and waits for the end. */
export async function syncRosterOf(
  installation: Installation,
  { registrationId, course }: Pick<StoredCourse, "registrationId" | "course">,
): Promise<Run> {
  const target = { registrationId, courseId: course.id };
  const { id } = await startRun(installation, "roster_sync", target);
  return settled(installation, id);
}

/** User IDs on the platform in roster order: the instructors come first. */
export async function listedOn(platform: PlatformClient, contextId: string): Promise<string[]> {
  return (await platform.rosterOf({ contextId })).map(({ userId }) => userId);
}

export async function membersOf(
  { db }: Pick<Installation, "db">,
  courseId: string,
): Promise<string[]> {
  const rows = await db.prisma.membership.findMany({ where: { courseId, removedAt: null } });
  return rows.map(({ userId }) => userId).sort();
}

/** A run's changes as short words: `added u1`. */
export async function changesOf(
  { db }: Pick<Installation, "db">,
  runId: string,
): Promise<{ kind: string; state: string; userId: string; fields: unknown }[]> {
  const rows = await db.prisma.rosterChange.findMany({ where: { runId }, orderBy: { id: "asc" } });
  return rows.map(({ kind, state, userId, fields }) => ({ kind, state, userId, fields }));
}

/** Whoever it is has just proved who they are, whatever the clock of a test says. */
const SIGNED_IN = {
  id: "session of a test",
  hasSecondFactor: false,
  provenAt: new Date("2999-01-01"),
  mustSetUp: false,
};

/** An operator of the installation, as pages and the API have one. */
export function operatorOf({ db, engine }: Pick<Installation, "db" | "engine">): Caller {
  return {
    actor: {
      kind: "operator",
      id: "ada",
      name: "Ada Operator",
      email: "ada@example.edu",
      access: FULL_ACCESS,
      session: SIGNED_IN,
    },
    db,
    engine,
    settings: {
      publicUrl: "https://rollbook.example.edu",
      allowPrivateNetwork: true,
      isDemo: false,
      isDatabaseEmbedded: false,
    },
    now: () => new Date(),
  };
}
