import * as stored from "#lib/db/rosters/members.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { requiredCourse } from "#lib/operations/courses/courses.ts";
import { csvLine } from "../../lists/csv.ts";
import { MOST_ROWS } from "./read-score-csv.ts";

const HEADER = ["user_id", "name", "score", "comment"];

/** A CSV to fill in: a line for each learner of the course, the scores left open. */
export async function scoreCsvTemplate(
  caller: Caller,
  { courseId }: { courseId: string },
): Promise<string> {
  const { db } = caller;
  const { id } = await requiredCourse(db, courseId);
  const learners = { role: "learner", presence: "present" } as const;
  const order = { ...stored.MEMBER_ORDERS.name, descending: false };
  const query = { courseId: id, ...learners, order, limit: MOST_ROWS };
  const { rows } = await stored.listMembers(db, query);
  return [HEADER, ...rows.map(({ userId, name }) => [userId, name, "", ""])].map(csvLine).join("");
}
