import type { Asker } from "#lib/operations/caller.ts";
import { createCourse, listCourses } from "#lib/operations/courses/courses.ts";
import { markAsDemo } from "#lib/operations/system/demo-data.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import {
  createRegistration,
  listRegistrations,
} from "#lib/operations/registrations/registrations.ts";
import { listRuns, startRun } from "#lib/operations/runs/runs.ts";
import { CourseInput } from "#lib/operations/courses/schema.ts";
import { ScorePush } from "#lib/operations/scores/schema.ts";
import { RegistrationInput } from "#lib/operations/registrations/schema.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { DEMO_COURSES, FIRST_SENT, type DemoCourse } from "./courses.ts";
import {
  furnished,
  learnersOf,
  type FurnishedCourse,
  type FurnishedPlatform,
} from "./furnish-platform.ts";
import type { DemoPlatform } from "./platform.ts";

export type Demo = { caller: Asker; platform: DemoPlatform; made: FurnishedPlatform };

/**
 * Enters the demo's registration, courses and scores as an operator would, and starts the
 * first syncs. Does nothing when a start before went that far, and goes on where one ended.
 */
export async function furnishConsole(demo: Demo): Promise<void> {
  const registrationId = await ensureRegistration(demo, "Demo University", demo.made.registration);
  const { total } = await listRuns(demo.caller, { registrationId, limit: 1 });
  if (total > 0) return;
  const known = await knownCourses(demo.caller, registrationId);
  for (const course of DEMO_COURSES) {
    const courseId =
      known.get(course.contextId) ?? (await enterCourse(demo, course, registrationId));
    await enterScores(demo, course, courseId);
    known.set(course.contextId, courseId);
  }
  await startRun(demo.caller, { kind: "roster_sync", registrationId });
  const courseId = known.get(FIRST_SENT);
  if (courseId) await startRun(demo.caller, { kind: "grade_sync", courseId });
}

export async function ensureRegistration(
  { caller }: Pick<Demo, "caller">,
  name: string,
  registered: FurnishedPlatform["registration"],
): Promise<string> {
  const { issuer, clientId } = registered;
  const { items } = await listRegistrations(caller, { q: issuer, archived: "all", limit: 200 });
  const found = items.find((item) => item.issuer === issuer && item.clientId === clientId);
  const input = { name, profile: "other", ...registered };
  const { id } = found ?? (await createRegistration(caller, RegistrationInput.parse(input)));
  if (!found?.isDemo) await markAsDemo(caller, { registrationId: id });
  return id;
}

async function knownCourses(caller: Asker, registrationId: string): Promise<Map<string, string>> {
  const { items } = await listCourses(caller, { registrationId, archived: "all", limit: 200 });
  return new Map(items.map(({ contextId, id }) => [contextId, id]));
}

export async function enterCourse(
  { caller, made }: Pick<Demo, "caller" | "made">,
  { contextId, title, label, refusedScope }: DemoCourse,
  registrationId: string,
): Promise<string> {
  const { deploymentId, scopes, membershipsUrl, lineItemsUrl } = furnished(made, contextId);
  const announced = refusedScope === undefined ? scopes : [...scopes, refusedScope];
  const input = {
    ...{ registrationId, deploymentId, contextId, title, label },
    ...{ membershipsUrl, lineItemsUrl, scopes: announced },
  };
  return (await createCourse(caller, CourseInput.parse(input))).id;
}

async function enterScores(demo: Demo, course: DemoCourse, courseId: string): Promise<void> {
  const { lineItems } = furnished(demo.made, course.contextId);
  for (const [index, { wanted = 0 }] of course.columns.entries()) {
    const lineItem = lineItems[index];
    if (lineItem) await enterColumn(demo, course.contextId, { courseId, lineItem, wanted });
  }
}

type Column = { courseId: string; lineItem: FurnishedCourse["lineItems"][number]; wanted: number };

async function enterColumn(
  { caller, platform }: Demo,
  contextId: string,
  { courseId, lineItem, wanted }: Column,
): Promise<void> {
  const { id } = await addLineItem(caller, { courseId, ...lineItem });
  if (wanted === 0) return;
  const learners = (await learnersOf(platform, contextId)).slice(0, wanted);
  const scores = learners.map((userId, index) => ({
    userId,
    scoreGiven: madeUpScore(index, lineItem.scoreMaximum),
  }));
  await pushScores(caller, { lineItemId: id, ...ScorePush.parse({ scores }) });
}

/** Between 45 % and 100 % of the maximum, in halves, the same at every start. */
function madeUpScore(index: number, scoreMaximum: number): number {
  const share = 0.45 + (0.55 * ((index * 37) % 101)) / 100;
  return Math.round(share * scoreMaximum * 2) / 2;
}
