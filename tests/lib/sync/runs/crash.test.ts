import { afterEach, describe, expect, test } from "vitest";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import {
  addCourse,
  finished,
  register,
  startRun,
  wantScores,
} from "#tests/support/installation.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const SCORES = 2_000;

const { installation, platform } = useInstallation({ isWorker: false });
afterEach(() => expectOutcomesKept(installation.db));

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function startSending() {
  const registration = await register(installation, platform);
  const made = await addCourse(installation, platform, registration, {
    members: SCORES + 1,
    lineItems: 1,
  });
  const lineItem = made.lineItems[0]!;
  const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
  await wantScores(
    installation,
    lineItem,
    people.map(({ userId }) => userId),
  );
  await platform.misbehave({
    kind: "delay",
    ms: 10,
    route: "scores",
    clientId: registration.clientId,
  });
  const run = await startRun(installation, "grade_sync", {
    registrationId: registration.id,
    courseId: made.course.id,
  });
  return { run, lineItem };
}

async function scoresOn(lineItemUrl: string) {
  return (await platform.scoresOf({ lineItem: lineItemUrl })).length;
}

describe("a worker killed in the middle of 2,000 scores", () => {
  test("loses none: another worker goes on, and the run says what happened", async () => {
    const { run, lineItem } = await startSending();
    const doomed = await startWorkerProcess(installation.database);
    await until(async () => (await scoresOn(lineItem.url)) > 300);
    await doomed.kill();
    const inFlight = await installation.db.prisma.score.count({ where: { state: "sending" } });

    const heir = await startWorkerProcess(installation.database);
    const ended = await finished(installation, run.id);
    await heir.terminate();

    expect(ended).toMatchObject({ state: "succeeded", done: SCORES, failed: 0 });
    const stored = await platform.scoresOf({ lineItem: lineItem.url });
    expect(stored.length).toBe(SCORES);
    const wanted = await installation.db.prisma.score.findMany({
      where: { lineItemId: lineItem.id },
    });
    expect(new Map(stored.map((score) => [score.userId, score.scoreGiven]))).toEqual(
      new Map(wanted.map((score) => [score.userId, score.scoreGiven])),
    );
    expect(inFlight).toBeGreaterThan(0);
    const events = await installation.db.prisma.runEvent.findMany({
      where: { runId: run.id, kind: { in: ["run.resumed", "scores.recovered"] } },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ kind }) => kind)).toEqual(["run.resumed", "scores.recovered"]);
  }, 120_000);

  test("that is told to stop hands the run back within one batch", async () => {
    const { run, lineItem } = await startSending();
    const leaving = await startWorkerProcess(installation.database);
    await until(async () => (await scoresOn(lineItem.url)) > 100);
    await leaving.terminate();
    const between = await installation.db.prisma.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(between.state).toBe("queued");
    expect(
      await installation.db.prisma.score.count({
        where: { lineItemId: lineItem.id, state: "sending" },
      }),
    ).toBe(0);

    const heir = await startWorkerProcess(installation.database);
    const ended = await finished(installation, run.id);
    await heir.terminate();
    expect(ended).toMatchObject({ state: "succeeded", done: SCORES, failed: 0 });
    expect(await scoresOn(lineItem.url)).toBe(SCORES);
  }, 120_000);
});
