import * as stored from "#lib/db/rosters/members.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { requiredCourse } from "#lib/operations/courses/courses.ts";
import { harmless } from "./formulas.ts";
import { MOST_ROWS } from "./read-score-csv.ts";

const HEADER = ["user_id", "name", "score", "comment"];

/** A CSV to fill in: a line for each learner of the course, the scores left open. */
export async function scoreCsvTemplate(
  caller: Caller,
  { courseId }: { courseId: string },
): Promise<string> {
  const { prisma } = caller.db;
  const { id } = await requiredCourse(prisma, courseId);
  const learners = { role: "learner", presence: "present" } as const;
  const query = { courseId: id, ...learners, order: "name", limit: MOST_ROWS } as const;
  const { rows } = await stored.listMembers(prisma, query);
  const lines = rows.map(({ userId, name }) => [harmless(userId), harmless(name ?? ""), "", ""]);
  return [HEADER, ...lines].map((values) => values.map(quoted).join(",")).join("\r\n") + "\r\n";
}

function quoted(value: string): string {
  return /[",\r\n;\t]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
