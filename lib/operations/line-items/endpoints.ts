import type { CourseRow } from "#lib/db/courses/course-row.ts";
import { type Endpoints, ScopeMismatch, ServiceNotOffered } from "#lib/lti/index.ts";
import type { Caller } from "../caller.ts";
import { requiredCourse } from "../courses/courses.ts";
import { Conflict } from "../errors.ts";

/** @throws NotFound | Conflict  no such course, or it is archived */
export async function usableCourse(caller: Caller, courseId: string): Promise<CourseRow> {
  const course = await requiredCourse(caller.db, courseId);
  if (course.archivedAt) throw new Conflict("the course is archived, restore it first");
  return course;
}

/**
 * The course's grades service under the first of the scopes that the platform announced; for its
 * list of line items, or for one of them.
 *
 * @throws ServiceNotOffered  the course has no such address
 * @throws ScopeMismatch      the platform announced none of the scopes
 */
export function lineItemEndpoints(
  { scopes, lineItemsUrl, lineItemUrl }: CourseRow,
  usable: readonly string[],
  one?: string,
): Endpoints {
  const single = lineItemUrl ?? (lineItemsUrl ? undefined : one);
  if (!lineItemsUrl && one === undefined) throw new ServiceNotOffered("line items");
  const scope = scopes.length === 0 ? usable[0] : usable.find((each) => scopes.includes(each));
  if (!scope) throw new ScopeMismatch({ needed: usable, granted: scopes, missing: usable });
  return {
    grades: {
      ...(lineItemsUrl && { lineItemsUrl }),
      ...(single && { lineItemUrl: single }),
      scopes: [scope],
    },
  };
}
