import type { LineItem, Registration, Run } from "#lib/db/generated/client.ts";
import {
  addCourse,
  register,
  startRun,
  wantScores,
  type AddedCourse,
  type Installation,
} from "./installation.ts";
import type { PlatformClient } from "./platform/index.ts";

export type GradedCourse = AddedCourse & {
  registration: Registration;
  lineItem: LineItem;
  userIds: string[];
};

/** A course with one column, and a wanted score for so many learners. */
export async function gradedCourse(
  installation: Installation,
  platform: PlatformClient,
  given: { scores: number; registration?: Registration; title?: string; unwanted?: boolean },
): Promise<GradedCourse> {
  const registration = given.registration ?? (await register(installation, platform));
  const { scores, title } = given;
  const course = { members: scores + 1, lineItems: 1, ...(title && { title }) };
  const added = await addCourse(installation, platform, registration, course);
  const people = await platform.rosterOf({ contextId: added.contextId, role: "Learner" });
  const userIds = people.slice(0, scores).map(({ userId }) => userId);
  const lineItem = added.lineItems[0]!;
  if (!given.unwanted) await wantScores(installation, lineItem, userIds);
  return { registration, ...added, lineItem, userIds };
}

export function startGradeSync(
  installation: Installation,
  { course }: Pick<AddedCourse, "course">,
): Promise<Run> {
  const target = { registrationId: course.registrationId, courseId: course.id };
  return startRun(installation, "grade_sync", target);
}

/** What the platform holds of a column, by user. */
export async function valuesOn(
  platform: PlatformClient,
  { url }: Pick<LineItem, "url">,
): Promise<Map<string, number | undefined>> {
  const scores = await platform.scoresOf({ lineItem: url });
  return new Map(scores.map(({ userId, scoreGiven }) => [userId, scoreGiven]));
}

/** Waits until a condition holds; the wait itself is bounded by the test's own time limit. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 40));
}

export function runOf({ db }: Pick<Installation, "db">, runId: string): Promise<Run> {
  return db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
}
