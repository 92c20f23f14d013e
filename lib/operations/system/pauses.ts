import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { chunksOf } from "#lib/chunks.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { coursesWithScoresDue, enginePause, markTarget } from "#lib/db/system/pauses.ts";
import type { PauseTarget } from "#lib/sync/index.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { getCourse } from "../courses/courses.ts";
import { Conflict } from "../errors.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { CourseView } from "../courses/schema.ts";
import type { RegistrationView } from "../registrations/schema.ts";
import type { SystemView } from "./schema.ts";
import { startGradeSync } from "../scores/push/store-scores.ts";
import { getSystem } from "./system.ts";

/** So many runs are started in one transaction. */
const AT_ONCE = 200;

type CourseId = { courseId: string };
type RegistrationId = { registrationId: string };

/**
 * Stops the course's syncs: what runs stops at its next checkpoint and goes on there at resume.
 * Scores are still accepted; they are sent then.
 */
export async function pauseCourse(asker: Asker, { courseId }: CourseId): Promise<CourseView> {
  const caller = await permit(asker, "runs:write", { courseId });
  const course = await getCourse(caller, { courseId });
  if (course.archivedAt) throw new Conflict("the course is archived");
  if (!course.pausedAt) await pause(caller, { scope: "course", courseId: course.id });
  return getCourse(caller, { courseId });
}

export async function resumeCourse(asker: Asker, { courseId }: CourseId): Promise<CourseView> {
  const caller = await permit(asker, "runs:write", { courseId });
  const course = await getCourse(caller, { courseId });
  if (course.pausedAt) await resume(caller, { scope: "course", courseId: course.id });
  return getCourse(caller, { courseId });
}

/** The same for every course of a registration; those paused by themselves stay so at resume. */
export async function pauseRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  const { id, archivedAt, pausedAt } = await getRegistration(caller, { registrationId });
  if (archivedAt) throw new Conflict("the registration is archived");
  if (!pausedAt) await pause(caller, { scope: "registration", registrationId: id });
  return getRegistration(caller, { registrationId });
}

export async function resumeRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  const { id, pausedAt } = await getRegistration(caller, { registrationId });
  if (pausedAt) await resume(caller, { scope: "registration", registrationId: id });
  return getRegistration(caller, { registrationId });
}

/** Stops all syncs of this installation, in every process. */
export async function pauseEverything(asker: Asker): Promise<SystemView> {
  const caller = await permit(asker, "runs:write", "everywhere");
  if (!(await enginePause(caller.db))) await pause(caller, { scope: "everything" });
  return getSystem(caller);
}

export async function resumeEverything(asker: Asker): Promise<SystemView> {
  const caller = await permit(asker, "runs:write", "everywhere");
  if (await enginePause(caller.db)) await resume(caller, { scope: "everything" });
  return getSystem(caller);
}

async function pause(caller: Caller, target: PauseTarget): Promise<void> {
  await transaction(caller.db, async (tx) => {
    await markTarget(tx, target, { at: caller.now(), by: actorName(caller.actor) });
    await caller.engine.pauseRuns(tx, target);
    await tell(caller, tx, target, "pause");
  });
}

/**
 * Lets runs go on, and sends what came in meanwhile where scores are sent as they come. Those runs
 * are started first, while the pause still holds them: there may be very many.
 */
async function resume(caller: Caller, target: PauseTarget): Promise<void> {
  for (const courses of chunksOf(await coursesWithScoresDue(caller.db, target), AT_ONCE))
    await transaction(caller.db, async (tx) => {
      for (const { courseId: id, registrationId } of courses)
        await startGradeSync(tx, caller, { id, registrationId });
    });
  await transaction(caller.db, async (tx) => {
    await markTarget(tx, target, null);
    await caller.engine.resumeRuns(tx, target);
    await tell(caller, tx, target, "resume");
  });
}

async function tell(
  caller: Caller,
  tx: Db,
  target: PauseTarget,
  verb: "pause" | "resume",
): Promise<void> {
  await audit(tx, caller, entryOf(target, verb));
  const about =
    target.scope === "everything"
      ? await tx.prisma.registration.findMany({ where: { archivedAt: null }, select: { id: true } })
      : [];
  for (const { id } of about) await notify(tx, { registrationId: id });
  if (target.scope === "registration") await notify(tx, { registrationId: target.registrationId });
  if (target.scope === "course") {
    const { registrationId } = await tx.prisma.course.findUniqueOrThrow({
      where: { id: target.courseId },
    });
    await notify(tx, { courseId: target.courseId, registrationId });
  }
}

function entryOf(target: PauseTarget, verb: string) {
  if (target.scope === "course")
    return { action: `course.${verb}`, object: "course", objectId: target.courseId };
  if (target.scope === "registration")
    return {
      action: `registration.${verb}`,
      object: "registration",
      objectId: target.registrationId,
    };
  return { action: `engine.${verb}`, object: "engine", objectId: null };
}
