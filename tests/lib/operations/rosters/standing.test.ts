import { afterAll, beforeAll, expect, test } from "vitest";
import { noteLaunchRoles } from "#lib/db/launches/launched-courses.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import {
  addCourse,
  register,
  startInstallation,
  type AddedCourse,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { operatorOf } from "#tests/support/rosters.ts";

const CONTEXT = "http://purl.imsglobal.org/vocab/lis/v2/membership";

const ROLES: Record<string, string[]> = {
  canvas: [`${CONTEXT}#Instructor`, `${CONTEXT}/Instructor#TeachingAssistant`],
  moodle: [`${CONTEXT}#Learner`],
  teacher: [`${CONTEXT}#Instructor`],
  student: [`${CONTEXT}#Learner`],
  mentor: [`${CONTEXT}#Mentor`],
};

let installation: Installation;
let platform: PlatformClient;
let made: AddedCourse;

beforeAll(async () => {
  platform = await startPlatform();
  installation = await startInstallation({ isWorker: false });
  const registration = await register(installation, platform);
  made = await addCourse(installation, platform, registration, { members: 1, lineItems: 1 });
  const { prisma } = installation.db;
  const courseId = made.course.id;
  const people = Object.entries(ROLES).map(([userId, roles]) => ({ courseId, userId, roles }));
  await prisma.membership.createMany({ data: people });
  // The one is listed as a learner and launched as an instructor, the other is what the roster says.
  await noteLaunchRoles(installation.db, courseId, {
    userId: "moodle",
    roles: [`${CONTEXT}#Instructor`],
  });
  await noteLaunchRoles(installation.db, courseId, { userId: "student", roles: ROLES.student! });
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

test("teaching assistants are told apart, by the same rule in list and filter", async () => {
  const courseId = made.course.id;
  const caller = operatorOf(installation);
  const all = await listMembers(caller, { courseId });
  const standings = Object.fromEntries(all.items.map(({ userId, standing }) => [userId, standing]));
  expect(standings).toEqual({
    canvas: "assistant",
    moodle: "assistant",
    teacher: "instructor",
    student: "learner",
    mentor: "other",
  });
  for (const role of ["assistant", "instructor", "learner", "other"] as const) {
    const { items } = await listMembers(caller, { courseId, role });
    const expected = all.items.filter(({ standing }) => standing === role);
    expect(items.map(({ userId }) => userId)).toEqual(expected.map(({ userId }) => userId));
  }
});

test("a push says how many of the people teach", async () => {
  const scores = ["canvas", "moodle", "teacher", "student", "nobody"].map((userId) => ({
    userId,
    scoreGiven: 5,
    activityProgress: "Completed" as const,
    gradingProgress: "FullyGraded" as const,
  }));
  const lineItemId = made.lineItems[0]!.id;
  const pushed = await pushScores(operatorOf(installation), { lineItemId, scores, send: false });
  expect(pushed).toMatchObject({ accepted: 5, teachers: 3, notInRoster: 1 });
});
