import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/courses.ts";
import { findRegistration } from "#lib/db/registrations/registrations.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";
import { getCourse, requiredCourse } from "./courses.ts";
import { CourseSettings, type CourseView } from "./schema.ts";
import { startGradeSync } from "../scores/store-scores.ts";
import { validated } from "../validated.ts";

/**
 * Replaces how a course's scores are sent. From "on request" to "as they come" also sends what
 * already waits.
 */
export async function updateCourseSettings(
  caller: Caller,
  { courseId, ...input }: { courseId: string } & CourseSettings,
): Promise<CourseView> {
  const settings = validated(CourseSettings, input);
  await transaction(caller.db, async (tx) => {
    const before = await requiredCourse(tx, courseId);
    const { id, registrationId } = before;
    await tx.prisma.course.update({ where: { id }, data: settings });
    const startsNow =
      settings.sendPolicy === "as_they_come" && before.sendPolicy !== "as_they_come";
    if (startsNow && before.offersGrades && !(await isArchived(tx, before)))
      await startGradeSync(tx, caller, before);
    const changes = changesBetween(before, settings);
    await audit(tx, caller.actor, {
      action: "course.update_settings",
      object: "course",
      objectId: id,
      detail: { changes },
    });
    await notify(tx, { courseId: id, registrationId });
  });
  return getCourse(caller, { courseId });
}

async function isArchived(tx: Db, { archivedAt, registrationId }: CourseRow): Promise<boolean> {
  return archivedAt !== null || (await findRegistration(tx, registrationId))?.archivedAt !== null;
}
