import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { recordOutcomes } from "#lib/db/scores/outcomes.ts";
import { claimBatch, restampScores, scoresInFlight } from "#lib/db/scores/outbox.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import {
  gradedCourse,
  startGradeSync,
  until,
  valuesOn,
  type GradedCourse,
} from "#tests/support/grading.ts";
import { finished, startInstallation, type Installation } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { operatorOf } from "#tests/support/rosters.ts";

let installation: Installation;
let platform: PlatformClient;

beforeEach(async () => {
  platform = await startPlatform();
  installation = await startInstallation({ isWorker: false });
});
afterEach(async () => {
  await installation.stop();
  await platform.stop();
});

const push = ({ lineItem, userIds }: GradedCourse, scoreGiven: number, send = false) =>
  pushScores(operatorOf(installation), {
    lineItemId: lineItem.id,
    send,
    scores: userIds.map((userId) => ({
      userId,
      scoreGiven,
      scoreMaximum: 100,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
    })),
  });

/** The platform holds the value, though nobody here was told. */
const arrive = (made: GradedCourse, value: number) =>
  Promise.all(
    made.userIds.map((userId) =>
      platform.overrideResult({
        lineItem: made.lineItem.url,
        userId,
        resultScore: (value / 100) * made.lineItem.scoreMaximum,
      }),
    ),
  );

async function askingCourse(): Promise<GradedCourse> {
  const made = await gradedCourse(installation, platform, { scores: 2, unwanted: true });
  const { course } = made;
  await installation.db.prisma.course.update({
    where: { id: course.id },
    data: { conflictPolicy: "ask" },
  });
  return made;
}

/** A worker claims the run and its scores, and is never heard of again. */
async function claimAndDie(runId: string, courseId: string, position: number) {
  const { db } = installation;
  const run = (await claimRun(db, runId))!;
  await claimBatch(db, { ...run, courseId }, { position, limit: 50 });
  await db.prisma.run.update({ where: { id: runId }, data: { leaseUntil: null } });
  return run;
}

describe("our own value of which nobody knows whether it arrived", () => {
  test("is nobody's override, however many workers died since", async () => {
    const { db } = installation;
    const made = await askingCourse();
    await push(made, 70);
    const { id: runId } = await startGradeSync(installation, made);
    await claimAndDie(runId, made.course.id, 0);
    await arrive(made, 70);
    await push(made, 80);
    // The heir puts them back under later timestamps, claims them, and dies as well.
    const heir = (await claimRun(db, runId))!;
    const abandoned = await scoresInFlight(db, runId);
    await restampScores(db, heir, abandoned, 1);
    const back = abandoned.map((score) => ({
      score,
      batch: -1,
      to: "pending" as const,
      outcome: "unknown" as const,
      timestamp: score.timestamp,
    }));
    await recordOutcomes(db, heir, back, [], undefined);
    await claimBatch(db, { ...heir, courseId: made.course.id }, { position: 1, limit: 50 });
    await db.prisma.run.update({ where: { id: runId }, data: { leaseUntil: null } });

    await installation.engine.startWorker();
    expect(await finished(installation, runId)).toMatchObject({ state: "succeeded", failed: 0 });
    expect([...(await valuesOn(platform, made.lineItem)).values()]).toEqual([80, 80]);
    const [score] = await db.prisma.score.findMany({ where: { lineItemId: made.lineItem.id } });
    expect(score).toMatchObject({ state: "sent", attempted: [] });
  });

  test("is none in a later run either; what somebody else set there still is", async () => {
    const { db, engine } = installation;
    const made = await askingCourse();
    await push(made, 70);
    const { id: runId } = await startGradeSync(installation, made);
    const run = await claimAndDie(runId, made.course.id, 0);
    await arrive(made, 70);
    await endAttemptAs(db, run, { state: "queued", notBefore: new Date(Date.now() + 60_000) });
    await transaction(db, (tx) => engine.cancelRun(tx, runId, "Ada Operator"));
    await platform.overrideResult({
      lineItem: made.lineItem.url,
      userId: made.userIds[1]!,
      resultScore: 0.4 * made.lineItem.scoreMaximum,
    });
    await engine.startWorker();
    const pushed = await push(made, 80, true);
    expect(await finished(installation, pushed.runId!)).toMatchObject({ done: 1, failed: 1 });
    const states = await db.prisma.score.findMany({ where: { lineItemId: made.lineItem.id } });
    expect(new Map(states.map(({ userId, state }) => [userId, state]))).toEqual(
      new Map([
        [made.userIds[0], "sent"],
        [made.userIds[1], "conflict"],
      ]),
    );
  });
});

describe("results that are not listed to their end", () => {
  async function cutShort(whenAlone: boolean) {
    const made = await askingCourse();
    const { clientId } = made.registration;
    if (!whenAlone) await arrive(made, 40);
    await platform.misbehave({ kind: "page_cap", size: 1, route: "results", clientId });
    const loop = { kind: "link_dialect", as: "loop", route: "results", clientId } as const;
    await platform.misbehave(whenAlone ? loop : { ...loop, times: 1 });
    await installation.engine.startWorker();
    const { runId } = await push(made, 90, true);
    await finished(installation, runId!);
    return made;
  }

  test("prove nothing: who is not among them is looked up alone", async () => {
    const made = await cutShort(false);
    const conflict = { lineItemId: made.lineItem.id, state: "conflict" as const };
    await until(async () => (await installation.db.prisma.score.count({ where: conflict })) === 2);
    const { url } = made.lineItem;
    expect(await platform.requests({ lineItem: url, route: "scores" })).toEqual([]);
  });

  test("prove nothing of who is not found alone either: nothing is sent", async () => {
    const made = await cutShort(true);
    const scores = await installation.db.prisma.score.findMany({
      where: { lineItemId: made.lineItem.id },
    });
    expect(scores.map(({ state, errorCode }) => [state, errorCode])).toEqual([
      ["rejected", "sync.results_incomplete"],
      ["rejected", "sync.results_incomplete"],
    ]);
    const { url } = made.lineItem;
    expect(await platform.requests({ lineItem: url, route: "scores" })).toEqual([]);
  });
});
