import { afterAll, beforeAll, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { coolPlatformDown } from "#lib/db/pacing/platform-pacing.ts";
import { insertRun } from "#lib/db/runs/runs.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { cancelRun, startRun } from "#lib/operations/runs/runs.ts";
import * as pauses from "#lib/operations/system/pauses.ts";
import { openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let stage: CourseStage;
let courseId: string;
let registrationId: string;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  stage = await openCourseStage(installation.db);
  courseId = stage.courseIds[0]!;
  registrationId = stage.registrationId;
});
afterAll(() => installation.stop());

const ofCourse = async () => (await getCourse(caller, { courseId })).syncBlock;
const ofRegistration = async () => (await getRegistration(caller, { registrationId })).syncBlock;
const start = () => startRun(caller, { kind: "roster_sync", courseId });

test("a course says before a click why no sync of it starts, and so does its registration", async () => {
  expect(await ofCourse()).toBeNull();
  expect(await ofRegistration()).toBeNull();

  await pauses.pauseCourse(caller, { courseId });
  expect(await ofCourse()).toMatchObject({ reason: "course_paused", by: "Rollbook" });
  expect(await ofRegistration()).toBeNull();
  await expect(start()).rejects.toThrow(/course is paused/);

  await pauses.pauseRegistration(caller, { registrationId });
  const paused = { reason: "registration_paused", by: "Rollbook", until: null };
  expect([await ofCourse(), await ofRegistration()]).toEqual([paused, paused]);
  await expect(start()).rejects.toThrow(/registration is paused/);

  await pauses.pauseEverything(caller);
  const stopped = { reason: "everything_paused", by: "Rollbook", until: null };
  expect([await ofCourse(), await ofRegistration()]).toEqual([stopped, stopped]);
  await expect(start()).rejects.toThrow(/all syncs are paused/);

  await pauses.resumeEverything(caller);
  await pauses.resumeRegistration(caller, { registrationId });
  await pauses.resumeCourse(caller, { courseId });
  expect([await ofCourse(), await ofRegistration()]).toEqual([null, null]);
});

test("a platform that cools down is left alone until then, and not after", async () => {
  const soon = new Date(Date.now() + 60_000);
  const coolDown = { until: soon, reason: "asked to slow down" };
  await coolPlatformDown(installation.db, registrationId, coolDown);
  const cooling = { reason: "cooling_down", by: null, until: soon.toISOString() };
  expect([await ofCourse(), await ofRegistration()]).toEqual([cooling, cooling]);
  await installation.db.execute(
    "UPDATE platform_pacing SET not_before = now() - interval '1 second' WHERE registration_id = $1",
    [registrationId],
  );
  expect([await ofCourse(), await ofRegistration()]).toEqual([null, null]);
});

test("what is archived or not approved can be synced no more than what is paused", async () => {
  const { prisma } = installation.db;
  const { deploymentId } = await prisma.course.findUniqueOrThrow({ where: { id: courseId } });
  const deployment = { where: { id: deploymentId } };
  await prisma.deployment.update({ ...deployment, data: { state: "pending" } });
  expect(await ofCourse()).toMatchObject({ reason: "deployment_not_approved" });
  await expect(start()).rejects.toThrow(/deployment is not approved/);
  await prisma.deployment.update({ ...deployment, data: { state: "approved" } });
  const registration = { where: { id: registrationId } };
  await prisma.registration.update({ ...registration, data: { state: "pending" } });
  expect(await ofCourse()).toMatchObject({ reason: "not_approved" });
  await prisma.registration.update({
    ...registration,
    data: { state: "active", archivedAt: new Date() },
  });
  expect(await ofCourse()).toMatchObject({ reason: "archived", by: null });
  await prisma.registration.update({ ...registration, data: { archivedAt: null } });
});

test("a course names the run that has its scores, until that is being cancelled", async () => {
  const sending = async () => (await getCourse(caller, { courseId })).sendingRunId;
  const base = { registrationId, courseId, trigger: "operator", startedBy: "Kim Park" } as const;
  await transaction(installation.db, (tx) => insertRun(tx, { kind: "roster_sync", ...base }));
  expect(await sending()).toBeNull();
  const { run } = await transaction(installation.db, (tx) =>
    insertRun(tx, { kind: "grade_sync", ...base }),
  );
  expect(await sending()).toBe(run.id);
  await cancelRun(caller, { runId: run.id });
  expect(await sending()).toBeNull();
});
