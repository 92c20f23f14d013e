import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { getCourse, listCourses } from "#lib/operations/courses/courses.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { decideDifferences, getCourseProof } from "#lib/operations/proof/proof.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, startGradeSync, type GradedCourse } from "#tests/support/grading.ts";
import {
  finished,
  register,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { operatorOf, syncRosterOf } from "#tests/support/rosters.ts";

let installation: Installation;
let platform: PlatformClient;
/** It gives up the grades of who leaves. */
let wiping: PlatformClient;

beforeAll(async () => {
  [platform, wiping] = await Promise.all([startPlatform(), startPlatform({ profile: "moodle" })]);
  installation = await startInstallation();
});
afterAll(async () => {
  await installation.stop();
  await Promise.all([platform.stop(), wiping.stop()]);
});
afterEach(() => expectOutcomesKept(installation.db));

const operator = () => operatorOf(installation);
const courseOf = ({ course }: GradedCourse) => getCourse(operator(), { courseId: course.id });

async function sent(made: GradedCourse) {
  await finished(installation, (await startGradeSync(installation, made)).id);
}

async function verified(registrationId: string) {
  const { id } = await startRun(installation, "verify", { registrationId });
  return finished(installation, id);
}

/** What each page tells of the same scores. */
async function toldEverywhere(registrationId: string, courses: GradedCourse[]) {
  const views = await Promise.all(courses.map(courseOf));
  const live = await Promise.all(
    courses.map(({ course }) => getCourseProof(operator(), { courseId: course.id })),
  );
  const sum = (counts: { total: number; proven: number; open: number; notOurs: number }[]) =>
    counts.reduce(
      (all, { total, proven, open, notOurs }) => ({
        total: all.total + total,
        proven: all.proven + proven,
        open: all.open + open,
        notOurs: all.notOurs + notOurs,
      }),
      { total: 0, proven: 0, open: 0, notOurs: 0 },
    );
  const registration = await getRegistration(operator(), { registrationId });
  const overview = await getOverview(operator());
  const only = (proof: typeof registration.proof) => sum(proof ? [proof] : []);
  return [
    sum(views.flatMap(({ proof }) => proof ?? [])),
    sum(live),
    only(registration.proof),
    only(overview.proof),
  ];
}

test("a course is healthy while all that was sent is proven, and every page counts the same", async () => {
  const registration = await register(installation, platform);
  const made = [
    await gradedCourse(installation, platform, { scores: 5, registration }),
    await gradedCourse(installation, platform, { scores: 4, registration }),
  ];
  const [edited, other] = made as [GradedCourse, GradedCourse];
  for (const course of made) await sent(course);
  expect(await courseOf(edited)).toMatchObject({ proof: null, health: "healthy" });

  await verified(registration.id);
  expect(await courseOf(edited)).toMatchObject({
    health: "healthy",
    healthReason: "5 of 5 proven",
  });
  const all = { total: 9, proven: 9, open: 0, notOurs: 0 };
  expect(await toldEverywhere(registration.id, made)).toEqual([all, all, all, all]);
  expect(await getRegistration(operator(), { registrationId: registration.id })).toMatchObject({
    health: "healthy",
    healthReason: "9 of 9 proven",
  });

  const { url: lineItem } = edited.lineItem;
  const [userId] = edited.userIds;
  await platform.overrideResult({ lineItem, userId: userId!, resultScore: 61.5 });
  await verified(registration.id);
  expect(await courseOf(edited)).toMatchObject({
    health: "warning",
    healthReason: "1 of 5 scores are not on the platform as sent",
  });
  expect(await courseOf(other)).toMatchObject({ health: "healthy" });
  const one = { ...all, proven: 8, open: 1 };
  expect(await toldEverywhere(registration.id, made)).toEqual([one, one, one, one]);
  const warned = await listCourses(operator(), { health: "warning" });
  expect(warned.items.map(({ id }) => id)).toEqual([edited.course.id]);

  // Newer than what was found: nothing is known against it until it is verified.
  const courseId = edited.course.id;
  const matching = { finding: "differs" as const };
  const decided = { act: "send" as const, matching, send: true };
  const { runId } = await decideDifferences(operator(), { courseId, ...decided });
  await finished(installation, runId!);
  expect(await courseOf(edited)).toMatchObject({
    health: "healthy",
    healthReason: "4 of 5 proven",
  });
  const unproven = { ...all, proven: 8, open: 0 };
  expect(await toldEverywhere(registration.id, made)).toEqual([
    unproven,
    unproven,
    unproven,
    unproven,
  ]);
  await verified(registration.id);
  expect(await toldEverywhere(registration.id, made)).toEqual([all, all, all, all]);
});

test("what somebody left as it is, and the grades of who left the course, keep no course unwell", async () => {
  const registration = await register(installation, wiping);
  const made = await gradedCourse(installation, wiping, { scores: 3, registration });
  await sent(made);
  const [left, gone] = made.userIds;
  const courseId = made.course.id;
  const { prisma } = installation.db;
  await wiping.overrideResult({
    lineItem: made.lineItem.url,
    userId: left!,
    resultScore: 61.5,
  });
  await syncRosterOf(installation, { registrationId: registration.id, course: made.course });
  await wiping.changeRoster({ contextId: made.contextId, remove: [gone!] });
  await syncRosterOf(installation, { registrationId: registration.id, course: made.course });
  await verified(registration.id);
  const causes = await prisma.score.findMany({
    where: { lineItemId: made.lineItem.id, proof: { not: "same" } },
  });
  expect(causes.map(({ proofCause }) => proofCause).sort()).toEqual(["edited", "left_course"]);
  expect(await courseOf(made)).toMatchObject({ health: "warning", proof: { open: 1, proven: 1 } });
  const matching = { finding: "differs" as const };
  await decideDifferences(operator(), { courseId, act: "leave", matching, send: false });
  expect(await courseOf(made)).toMatchObject({
    health: "healthy",
    healthReason: "1 of 3 proven",
    proof: { open: 0 },
  });
});
