import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { discardHold } from "#lib/operations/holds/holds.ts";
import { getActivity } from "#lib/operations/overview/activity.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { GONE, openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let stage: CourseStage;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  stage = await openCourseStage(installation.db);
});
afterAll(() => installation.stop());

const kinds = async () => (await getOverview(caller)).attention.map(({ kind }) => kind);
const DAYS_AGO = (days: number) => new Date(Date.now() - days * 86_400_000);

test("nothing needs anybody while nothing waits, whatever is new", async () => {
  const { prisma } = installation.db;
  // A course that came a moment ago has no roster yet, and that is no fault.
  await prisma.course.update({
    where: { id: stage.courseIds[2]! },
    data: { rosterSyncedAt: null },
  });
  const overview = await getOverview(caller);
  expect(overview).toMatchObject({ attention: [], needAttention: 0, staleCourses: 0 });
});

test("a hold waits in the inbox until it is decided", async () => {
  const hold = await stage.heldIn(stage.courseIds[0]!);
  const [entry] = (await getOverview(caller)).attention;
  expect(entry).toMatchObject({
    kind: "hold",
    holdId: hold.id,
    path: `/holds/${hold.id}`,
    courseTitle: "Course 0",
    owner: "You, the operator",
  });
  await discardHold(caller, { holdId: hold.id });
  expect(await kinds()).not.toContain("hold");
});

test("a sync that was done in part is one that came through", async () => {
  const { prisma } = installation.db;
  const runId = await stage.ended({ courseId: stage.courseIds[0] }, GONE);
  // Later than all others.
  const finishedAt = DAYS_AGO(-1);
  await prisma.run.update({ where: { id: runId }, data: { finishedAt } });
  expect((await getOverview(caller)).lastSuccessAt).not.toBe(finishedAt.toISOString());
  await prisma.run.update({ where: { id: runId }, data: { state: "partly_succeeded" } });
  expect((await getOverview(caller)).lastSuccessAt).toBe(finishedAt.toISOString());
  await prisma.run.delete({ where: { id: runId } });
});

test("a failure names its run; scores that were rejected are counted once, with theirs", async () => {
  const { prisma } = installation.db;
  const [, courseId] = stage.courseIds;
  const runId = await stage.ended({ courseId }, GONE);
  const lineItem = await prisma.lineItem.create({
    data: { courseId: courseId!, url: "https://lms.example.edu/l/1", scoreMaximum: 10 },
  });
  await prisma.score.createMany({
    data: ["a", "b", "c"].map((userId) => ({
      lineItemId: lineItem.id,
      userId,
      scoreGiven: 1,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
      state: userId === "c" ? "sent" : "rejected",
      errorCode: userId === "c" ? null : "lti.request_rejected",
      errorMessage: '{"Errors":{"type":"unprocessable_entity","message":"User not found."}}',
      runId,
    })),
  });
  const { attention } = await getOverview(caller);
  expect(attention.find(({ kind }) => kind === "failure")).toMatchObject({
    code: "lti.resource_gone",
    owner: "You, the operator",
    runId,
  });
  expect(attention.find(({ kind }) => kind === "rejected")).toMatchObject({
    count: 2,
    message: "User not found",
    courseTitle: "Course 1",
    runId,
    path: `/courses/${courseId}/grades?state=rejected`,
  });
  await prisma.score.updateMany({ where: { runId }, data: { state: "sent" } });
  expect(await kinds()).toEqual(["failure"]);
  const { causes, registrations } = await getActivity(caller, { period: "7d" });
  expect(causes).toEqual([{ code: "lti.token_refused", runs: 1, lastRunId: runId }]);
  expect(registrations[0]!.failed.at(-1)).toBe(1);
});

test("scores that are not as sent are counted once for a registration, at the worst course", async () => {
  const { prisma } = installation.db;
  const [first, second] = stage.courseIds;
  const left = async (courseId: string | undefined, open: number) => {
    await prisma.proofCount.deleteMany({ where: { courseId: courseId! } });
    await prisma.proofCount.create({ data: { courseId: courseId!, total: 9, open } });
    await prisma.course.update({ where: { id: courseId! }, data: { provedAt: new Date() } });
  };
  await left(first, 2);
  await left(second, 5);
  const entry = async () =>
    (await getOverview(caller)).attention.find(({ kind }) => kind === "difference");
  expect(await entry()).toMatchObject({
    count: 7,
    courses: 2,
    path: `/courses/${second}/proof`,
    message: expect.stringContaining("most of them in Course 1"),
  });
  await left(second, 0);
  expect(await entry()).toMatchObject({ count: 2, courseId: first, courseTitle: "Course 0" });
  await left(first, 0);
  expect(await entry()).toBeUndefined();
});

test("a roster that nobody read for days is told once, and only where it can be read", async () => {
  const { prisma } = installation.db;
  const [first] = stage.courseIds;
  const old = { rosterSyncedAt: DAYS_AGO(4), rosterState: null };
  await prisma.course.update({ where: { id: first! }, data: old });
  const { attention, staleCourses } = await getOverview(caller);
  expect(attention.find(({ kind }) => kind === "stale")).toMatchObject({ courseId: first });
  expect(staleCourses).toBe(1);
  expect((await listCourses(caller, { waiting: "roster" })).total).toBe(1);

  const where = { id: stage.registrationId };
  await prisma.registration.update({ where, data: { archivedAt: new Date() } });
  const overview = await getOverview(caller);
  expect(overview).toMatchObject({ attention: [], staleCourses: 0 });
  expect((await listCourses(caller, { waiting: "roster" })).total).toBe(0);
  await prisma.registration.update({ where, data: { archivedAt: null } });
});

test("what an LMS brought waits for approval", async () => {
  const { prisma } = installation.db;
  await prisma.deployment.create({
    data: { registrationId: stage.registrationId, deploymentId: "9", state: "pending" },
  });
  await prisma.registration.create({
    data: {
      name: "New College",
      issuer: "https://new.example.edu",
      clientId: "1",
      tokenEndpoint: "https://new.example.edu/token",
      authorizationEndpoint: "https://new.example.edu/auth",
      jwksUrl: "https://new.example.edu/jwks",
      state: "pending",
    },
  });
  expect((await kinds()).slice(0, 2)).toEqual(["pending_deployment", "pending_registration"]);
});

test("a verification that failed waits until one of the same course succeeds", async () => {
  const [, , courseId] = stage.courseIds;
  const runId = await stage.ended({ kind: "verify", courseId: courseId! }, GONE);
  const unverified = async () =>
    (await getOverview(caller)).attention.find(({ kind }) => kind === "unverified");
  expect(await unverified()).toMatchObject({ runId, courses: 1, path: `/runs/${runId}` });
  await stage.ended({ kind: "verify", courseId: courseId! }, { state: "succeeded" });
  expect(await unverified()).toBeUndefined();
});

test("where more waits of one sort than is shown, it is said", async () => {
  const { prisma } = installation.db;
  expect((await getOverview(caller)).needMore).toBe(false);
  await prisma.deployment.createMany({
    data: Array.from({ length: 21 }, (_, index) => ({
      registrationId: stage.registrationId,
      deploymentId: `many-${index}`,
      state: "pending" as const,
    })),
  });
  expect((await getOverview(caller)).needMore).toBe(true);
});
