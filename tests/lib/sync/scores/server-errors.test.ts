import { afterEach, expect, test } from "vitest";
import { platformPacing } from "#lib/db/pacing/platform-pacing.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { endPlatformCooldown } from "#lib/operations/tokens/platform-cooldown.ts";
import { platformProfile } from "#lib/platforms/profile.ts";
import {
  gradedCourse,
  startGradeSync,
  until,
  valuesOn,
  type GradedCourse,
} from "#tests/support/grading.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { finished, register } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({ platform: { profile: "moodle" } });
afterEach(() => expectOutcomesKept(installation.db));

const moodle = () => register(installation, platform, { profile: "moodle" });

async function course(scores: number, registration?: GradedCourse["registration"]) {
  return gradedCourse(installation, platform, {
    scores,
    registration: registration ?? (await moodle()),
  });
}

async function sent(made: GradedCourse) {
  return { run: await finished(installation, (await startGradeSync(installation, made)).id) };
}

const wantAnew = (made: GradedCourse, scoreGiven: number) =>
  pushScores(operatorOf(installation), {
    lineItemId: made.lineItem.id,
    send: false,
    scores: made.userIds.map((userId) => ({
      userId,
      scoreGiven,
      scoreMaximum: 100,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
    })),
  });

const scoreOf = (made: GradedCourse, userId: string) =>
  installation.db.prisma.score.findUniqueOrThrow({
    where: { lineItemId_userId: { lineItemId: made.lineItem.id, userId } },
  });

test("a locked grade is refused with its cause, and the next push leaves at once", async () => {
  const made = await course(10);
  const [locked, other] = made.userIds;
  await platform.lockGrades({ lineItem: made.lineItem.url, userIds: [locked!] });
  const { run } = await sent(made);
  expect(run).toMatchObject({ state: "partly_succeeded", done: 9, failed: 1, attempt: 1 });
  expect(await scoreOf(made, locked!)).toMatchObject({
    state: "rejected",
    httpStatus: 500,
    errorCode: "sync.grade_locked",
  });
  const posts = await platform.requests({ lineItem: made.lineItem.url, route: "scores" });
  expect(posts.filter(({ userId }) => userId === locked)).toHaveLength(3);

  const { registration } = made;
  expect((await platformPacing(installation.db, registration.id))?.failures ?? 0).toBe(0);
  await wantAnew(made, 77);
  const again = await sent(made);
  expect(again.run).toMatchObject({ done: 9, failed: 1, waitReason: null });
  expect((await valuesOn(platform, made.lineItem)).get(other!)).toBe(77);

  await platform.lockGrades({ lineItem: made.lineItem.url, userIds: [locked!], locked: false });
  await wantAnew(made, 77);
  expect((await sent(made)).run).toMatchObject({ state: "succeeded", failed: 0 });
});

test("a locked column of 30 holds up no other course of its registration", async () => {
  const registration = await moodle();
  const good = await course(300, registration);
  const locked = await course(30, registration);
  await platform.lockGrades({ lineItem: locked.lineItem.url });
  const [beside, refused] = await Promise.all([sent(good), sent(locked)]);
  expect(beside.run).toMatchObject({ state: "succeeded", done: 300, failed: 0, attempt: 1 });
  expect((await valuesOn(platform, good.lineItem)).size).toBe(300);
  expect(refused.run).toMatchObject({ state: "failed", done: 0, failed: 30, attempt: 1 });
  // They share the platform's calls: what the locked column may cost the other is what it asks.
  // One call a score; those in flight until the column is known to be locked are sent and read
  // up to three times each.
  const asked = await platform.requests({ lineItem: locked.lineItem.url });
  const { scoreConcurrency } = platformProfile("moodle");
  expect(asked.length).toBeLessThanOrEqual(30 + scoreConcurrency * 5);
  expect(
    (await platformPacing(installation.db, registration.id))?.circuitOpenedAt ?? null,
  ).toBeNull();
});

test("a score that alone is answered 502 is refused in the page's own words", async () => {
  const made = await course(5);
  const [failing] = made.userIds;
  await platform.misbehave({
    kind: "error_page",
    status: 502,
    title: "Bad gateway | State University",
    route: "scores",
    userId: failing,
  });
  const { run } = await sent(made);
  await platform.behave({});
  await platform.useProfile({ profile: "moodle" });
  expect(run).toMatchObject({ state: "partly_succeeded", done: 4, failed: 1 });
  const score = await scoreOf(made, failing!);
  expect(score).toMatchObject({ state: "rejected", errorCode: "sync.score_failed_on_platform" });
  expect(score.errorMessage).toContain("Bad gateway | State University");
  expect(score.errorMessage).not.toMatch(/[<{]/);
});

test("while the platform answers nobody, nothing is refused", async () => {
  const made = await course(3);
  const { clientId } = made.registration;
  await platform.misbehave({
    kind: "error_page",
    status: 502,
    route: "scores",
    clientId,
    times: 9,
  });
  await platform.misbehave({
    kind: "error_page",
    status: 502,
    route: "results",
    clientId,
    times: 9,
  });
  const { run } = await sent(made);
  expect(run).toMatchObject({ state: "succeeded", done: 3, failed: 0 });
});

test("an outage over several attempts refuses nothing, and everything arrives after it", async () => {
  const made = await course(3);
  const { clientId } = made.registration;
  for (const route of ["scores", "results"] as const)
    await platform.misbehave({ kind: "error_page", status: 502, route, clientId });
  const { id } = await startGradeSync(installation, made);
  const { prisma } = installation.db;
  // Every score was in flight in three attempts, and the third has ended without an answer.
  await until(async () => {
    const { attempt, finishedAt } = await prisma.run.findUniqueOrThrow({ where: { id } });
    return attempt > 3 || finishedAt !== null;
  });
  expect(await prisma.score.count({ where: { lineItemId: made.lineItem.id, attempts: 3 } })).toBe(
    3,
  );
  await platform.behave({});
  await platform.useProfile({ profile: "moodle" });
  await endPlatformCooldown(operatorOf(installation), { registrationId: made.registration.id });
  expect(await finished(installation, id)).toMatchObject({
    state: "succeeded",
    done: 3,
    failed: 0,
  });
  expect((await valuesOn(platform, made.lineItem)).size).toBe(3);
}, 120_000);

test("a refusal's reason in the status line is its words, without the score behind it", async () => {
  const made = await course(2);
  const [leaver] = made.userIds;
  await platform.changeRoster({ contextId: made.contextId, remove: [leaver!] });
  await sent(made);
  expect(await scoreOf(made, leaver!)).toMatchObject({
    state: "rejected",
    errorMessage: "Incorrect score received",
  });
});
