import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "./courses.ts";
import type { LargerDrops } from "../holds/schema.ts";

const ALLOWED_MS = 2 * 3_600_000;

type CourseId = { courseId: string };

/** Applies larger removals in this course without holding them, for two hours from now. */
export async function allowLargerDrops(asker: Asker, { courseId }: CourseId): Promise<LargerDrops> {
  const caller = await permit(asker, "runs:write", { courseId });
  return setAllowed(caller, courseId, new Date(caller.now().getTime() + ALLOWED_MS));
}

/** Lets the rules hold again before the two hours are over. */
export async function holdLargerDrops(asker: Asker, { courseId }: CourseId): Promise<LargerDrops> {
  const caller = await permit(asker, "runs:write", { courseId });
  return setAllowed(caller, courseId, null);
}

async function setAllowed(
  caller: Caller,
  courseId: string,
  until: Date | null,
): Promise<LargerDrops> {
  return transaction(caller.db, async (tx) => {
    const { id, registrationId } = await requiredCourse(tx, courseId);
    await tx.prisma.course.update({ where: { id }, data: { dropsAllowedUntil: until } });
    await audit(tx, caller, {
      action: until ? "course.allow_larger_drops" : "course.hold_larger_drops",
      object: "course",
      objectId: id,
      detail: { until: until?.toISOString() ?? null },
    });
    await notify(tx, { courseId: id, registrationId });
    return { courseId: id, dropsAllowedUntil: until?.toISOString() ?? null };
  });
}
