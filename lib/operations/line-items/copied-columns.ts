import { transaction } from "#lib/db/client.ts";
import { insertCourseChange } from "#lib/db/courses/changes.ts";
import { columnsOf } from "#lib/db/launches/notices.ts";
import { isCodedError } from "#lib/errors.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "../courses/courses.ts";
import { importLineItems } from "./line-items.ts";

/**
 * Reads a copied course's own columns from the platform, so that its grades go there and not to
 * the columns of the course that it was copied from (AGS 2.0 §3.2: matched by resource ID and tag,
 * never created again). A platform that does not answer is asked again by the next import.
 */
export async function adoptColumns(asker: Asker, courseId: string): Promise<void> {
  const caller = await permit(asker, "launch", "everywhere");
  const course = await requiredCourse(caller.db, courseId);
  if (!course.lineItemsUrl) return;
  try {
    await importLineItems(caller, { courseId });
  } catch (error) {
    if (isCodedError(error)) return;
    throw error;
  }
  const columns = await columnsOf(caller.db, [courseId]);
  const carried = columns.filter(({ resourceId, tag }) => resourceId !== null || tag !== null);
  const labels = carried.map(({ label }) => label);
  if (labels.length === 0) return;
  await transaction(caller.db, (tx) =>
    insertCourseChange(tx, {
      courseId,
      source: "notice",
      changes: { columnsAdopted: { from: null, to: labels } },
    }),
  );
}
