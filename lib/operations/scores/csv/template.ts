import * as stored from "#lib/db/rosters/members.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { permit, seesNames } from "#lib/operations/permit.ts";
import { requiredCourse } from "#lib/operations/courses/courses.ts";
import { csvLine } from "../../lists/csv.ts";
import { MOST_ROWS } from "./read-score-csv.ts";

const HEADER = ["user_id", "name", "score", "comment"];

/** A CSV to fill in: a line for each learner of the course, the scores left open. */
export async function scoreCsvTemplate(
  asker: Asker,
  { courseId }: { courseId: string },
): Promise<string> {
  const caller = await permit(asker, "read", { courseId });
  const { db } = caller;
  const names = seesNames(caller.actor);
  const { id } = await requiredCourse(db, courseId);
  const learners = { role: "learner", presence: "present" } as const;
  const order = { ...stored.MEMBER_ORDERS[names ? "name" : "userId"], descending: false };
  const query = { courseId: id, ...learners, order, limit: MOST_ROWS };
  const { rows } = await stored.listMembers(db, query);
  const lines = rows.map(({ userId, name }) => [userId, names ? name : "", "", ""]);
  return [HEADER, ...lines].map(csvLine).join("");
}
