import { describe, expect, test } from "vitest";
import { cancelRun } from "#lib/operations/runs/runs.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import {
  gradedCourse,
  runOf,
  startGradeSync,
  until,
  valuesOn,
  type GradedCourse,
} from "#tests/support/grading.ts";
import { finished } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

async function push({ lineItem, userIds }: GradedCourse, scoreGiven: number): Promise<string> {
  const score = {
    userId: userIds[0]!,
    scoreGiven,
    activityProgress: "Completed" as const,
    gradingProgress: "FullyGraded" as const,
  };
  const pushed = await pushScores(operator, {
    lineItemId: lineItem.id,
    scores: [score],
    send: true,
  });
  return pushed.runId!;
}

const SCORES = 24;

/** A run in the middle of slow calls. */
async function slowSync() {
  const made = await gradedCourse(installation, platform, { scores: SCORES });
  const { id, clientId } = made.registration;
  const profileOverrides = { scoreConcurrency: 4 };
  await installation.db.prisma.registration.update({ where: { id }, data: { profileOverrides } });
  const slow = { kind: "delay", ms: 1_500, route: "scores", clientId } as const;
  const { id: slowId } = await platform.misbehave(slow);
  const { id: runId } = await startGradeSync(installation, made);
  await until(async () => (await runOf(installation, runId)).done > 0);
  const speedUp = () => platform.behave({ id: slowId });
  return { made, runId, clientId, speedUp };
}

const runsOf = ({ course }: GradedCourse) =>
  installation.db.prisma.run.findMany({
    where: { courseId: course.id },
    orderBy: { createdAt: "asc" },
  });

describe("scores pushed while a sync is under way", () => {
  test("get a run of their own when it was being cancelled", async () => {
    const { made, runId, speedUp } = await slowSync();
    await cancelRun(operator, { runId });
    expect(await push(made, 77)).toBe(runId);
    expect(await finished(installation, runId)).toMatchObject({ state: "cancelled" });
    await speedUp();
    await until(async () => (await runsOf(made)).length === 2);
    const [, next] = await runsOf(made);
    expect(next).toMatchObject({ startedBy: "Ada Operator", retryOfId: runId });
    expect(await finished(installation, next!.id)).toMatchObject({ state: "succeeded" });
    expect((await valuesOn(platform, made.lineItem)).get(made.userIds[0]!)).toBe(77);
  });

  test("are cancelled with it where they came before", async () => {
    const { made, runId } = await slowSync();
    await push(made, 78);
    await cancelRun(operator, { runId });
    expect(await finished(installation, runId)).toMatchObject({ state: "cancelled" });
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await runsOf(made)).toHaveLength(1);
    expect(await installation.db.prisma.runFollowUp.count({ where: { runId } })).toBe(0);
  });

  test("get a run of their own, a little later, when it fails", async () => {
    const { made, runId, clientId, speedUp } = await slowSync();
    const { id: faultId } = await platform.misbehave({
      kind: "error_json",
      status: 400,
      body: { error: "invalid_client" },
      route: "token",
      clientId,
    });
    await platform.revokeTokens({ clientId });
    expect(await push(made, 79)).toBe(runId);
    await speedUp();
    const failed = await finished(installation, runId);
    expect(failed).toMatchObject({ state: "partly_succeeded", errorCode: "lti.token_refused" });
    await platform.behave({ id: faultId });
    await until(async () => (await runsOf(made)).length === 2);
    const [, next] = await runsOf(made);
    expect(next!.notBefore!.getTime()).toBeGreaterThan(failed.finishedAt!.getTime() + 2_000);
    expect(await finished(installation, next!.id)).toMatchObject({ state: "succeeded" });
    expect((await valuesOn(platform, made.lineItem)).size).toBe(SCORES);
    expect((await valuesOn(platform, made.lineItem)).get(made.userIds[0]!)).toBe(79);
  });

  test("are found by the next look round when the worker died in between", async () => {
    const made = await gradedCourse(installation, platform, { scores: 1 });
    const { course } = made;
    const ended = await installation.db.prisma.run.create({
      data: {
        kind: "grade_sync",
        state: "failed",
        registrationId: course.registrationId,
        courseId: course.id,
        trigger: "api",
        startedBy: "gradebook",
        finishedAt: new Date(Date.now() - 60_000),
        followUp: { create: { trigger: "api", startedBy: "gradebook" } },
      },
    });
    await until(async () => (await runsOf(made)).length === 2);
    const next = (await runsOf(made)).find(({ id }) => id !== ended.id)!;
    expect(await finished(installation, next.id)).toMatchObject({ state: "succeeded", done: 1 });
  });
});
