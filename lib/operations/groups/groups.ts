import * as stored from "#lib/db/groups/groups.ts";
import type { Asker } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { permit } from "../permit.ts";
import type { GroupList } from "./schema.ts";

/** The groups of a course as the last sync of its roster read them, by set and name. */
export async function listGroups(
  asker: Asker,
  { courseId }: { courseId: string },
): Promise<GroupList> {
  const caller = await permit(asker, "read", { courseId });
  const { id } = await requiredCourse(caller.db, courseId);
  return { items: await stored.listGroups(caller.db, id) };
}
