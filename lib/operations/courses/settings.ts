import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { CourseRow } from "#lib/db/courses/course-row.ts";
import { lockCourse } from "#lib/db/courses/courses.ts";
import { findRegistration } from "#lib/db/registrations/registrations.ts";
import { audit, changesBetween } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { getCourse, requiredCourse } from "./courses.ts";
import { CourseSettingsPatch, type CourseSettingsView, type CourseView } from "./schema.ts";
import { courseSettings, settingsColumns } from "./view.ts";
import { merged } from "../partial.ts";
import { startGradeSync } from "../scores/push/store-scores.ts";
import { validated } from "../validated.ts";
import { checkVersion, type Expected, versionOf } from "../version.ts";

/** How a course's scores are sent. */
export async function getCourseSettings(
  asker: Asker,
  { courseId }: { courseId: string },
): Promise<CourseSettingsView> {
  const caller = await permit(asker, "read", { courseId });
  const settings = courseSettings(await requiredCourse(caller.db, courseId));
  return { ...settings, version: versionOf(settings) };
}

/**
 * Changes how a course's scores are sent; what is not given keeps its value. From "on request" to
 * "as they come" also sends what already waits.
 *
 * @throws VersionMismatch  somebody changed the settings since the caller read them
 */
export async function updateCourseSettings(
  asker: Asker,
  { courseId, ifVersion, ...input }: { courseId: string } & Expected & CourseSettingsPatch,
): Promise<CourseView> {
  const caller = await permit(asker, "runs:write", { courseId });
  const given = validated(CourseSettingsPatch, input);
  await transaction(caller.db, async (tx) => {
    const { id, registrationId } = await requiredCourse(tx, courseId);
    await lockCourse(tx, id);
    const before = await requiredCourse(tx, id);
    const old = courseSettings(before);
    checkVersion({ ifVersion }, old);
    const settings = merged(old, given);
    await tx.prisma.course.update({ where: { id }, data: settingsColumns(settings) });
    const startsNow = settings.sendPolicy === "as_they_come" && old.sendPolicy !== "as_they_come";
    if (startsNow && before.offersGrades && !(await isArchived(tx, before)))
      await startGradeSync(tx, caller, before);
    await audit(tx, caller, {
      action: "course.update_settings",
      object: "course",
      objectId: id,
      detail: { changes: changesBetween(old, settings) },
    });
    await notify(tx, { courseId: id, registrationId });
  });
  return getCourse(caller, { courseId });
}

async function isArchived(tx: Db, { archivedAt, registrationId }: CourseRow): Promise<boolean> {
  return archivedAt !== null || (await findRegistration(tx, registrationId))?.archivedAt !== null;
}
