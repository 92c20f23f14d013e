import { ScorePush } from "#lib/operations/scores/schema.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { COLLEGE } from "../courses.ts";
import { learnersOf } from "../furnish-platform.ts";
import type { College } from "./college.ts";
import type { HistoryDemo } from "./demo.ts";

const EACH_TIME = 14;

/** Scores of some of the course's learners, others each time, and all of them on the last day. */
export async function wantScores(
  { caller, platform }: HistoryDemo,
  { column }: College,
  day: number,
): Promise<void> {
  const learners = await learnersOf(platform, COLLEGE.graded);
  const first = day === 0 ? 0 : (day * 7) % learners.length;
  const some = day === 0 ? learners : learners.slice(first, first + EACH_TIME);
  const scores = some.map((userId, index) => ({
    userId,
    scoreGiven: 8 + ((index * 5 + day) % (column.scoreMaximum - 8)),
  }));
  await pushScores(caller, { lineItemId: column.id, ...ScorePush.parse({ scores }) });
}
