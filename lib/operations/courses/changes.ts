import * as stored from "#lib/db/courses/changes.ts";
import type { CourseChange } from "#lib/db/generated/client.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { requiredCourse } from "./courses.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { type Page, PageQuery } from "../fields.ts";
import type { CourseChangeView } from "../launches/schema.ts";
import { validated } from "../validated.ts";

/** What launches and notices changed in a course's addresses and scopes, newest first. */
export async function listCourseChanges(
  asker: Asker,
  { courseId, ...query }: { courseId: string } & Partial<PageQuery>,
): Promise<Page<CourseChangeView>> {
  const caller = await permit(asker, "read", { courseId });
  const { cursor, limit } = validated(PageQuery, query);
  const course = await requiredCourse(caller.db, courseId);
  const [before] = decodeCursor(cursor, ["number"]) ?? [];
  const beforeId = before === undefined ? undefined : BigInt(before);
  const window = { courseId: course.id, beforeId, limit: limit + 1 };
  const { rows, total } = await stored.listCourseChanges(caller.db, window);
  const nextCursor = (row: CourseChange) => encodeCursor([row.id.toString()]);
  return pageFrom({ rows, limit, total, nextCursor, view: viewOf });
}

function viewOf(row: CourseChange): CourseChangeView {
  return {
    id: row.id.toString(),
    at: row.at.toISOString(),
    source: row.source as CourseChangeView["source"],
    changes: row.changes as CourseChangeView["changes"],
  };
}
