import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { querySql } from "#tests/support/database.ts";
import { gradedCourse, runOf, startGradeSync, until, valuesOn } from "#tests/support/grading.ts";
import { finished, startInstallation, type Installation } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";

let installation: Installation;
let platform: PlatformClient;

beforeAll(async () => {
  platform = await startPlatform();
});
beforeEach(async () => {
  installation = await startInstallation({ isWorker: false });
});
afterEach(() => installation.stop());
afterAll(async () => {
  await platform.stop();
});

test(
  "a worker told to stop does not wait long for a platform that answers nothing any more",
  { timeout: 120_000 },
  async () => {
    const made = await gradedCourse(installation, platform, { scores: 30 });
    const { clientId } = made.registration;
    const { id: runId } = await startGradeSync(installation, made);
    for (const route of ["scores", "results"] as const)
      await platform.misbehave({ kind: "delay", ms: 90_000, route, clientId });
    const worker = await startWorkerProcess(installation.database);
    const sending = { runId, state: "sending" as const };
    const sendingNow = () => installation.db.prisma.score.count({ where: sending });
    await until(async () => (await sendingNow()) > 0);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const toldMs = performance.now();
    await worker.terminate();
    expect(performance.now() - toldMs).toBeLessThan(25_000);
    expect(await runOf(installation, runId)).toMatchObject({ state: "queued", attempt: 0 });
    // What was in flight may have arrived; whoever goes on asks.
    expect(await sendingNow()).toBeGreaterThan(0);

    await platform.behave({});
    await installation.engine.startWorker();
    expect(await finished(installation, runId)).toMatchObject({ state: "succeeded", done: 30 });
    expect(await valuesOn(platform, made.lineItem)).toHaveProperty("size", 30);
  },
);

test("a worker told to stop takes no job on, however long its last call takes", async () => {
  const first = await gradedCourse(installation, platform, { scores: 1 });
  const second = await gradedCourse(installation, platform, { scores: 1 });
  const { clientId } = first.registration;
  await platform.misbehave({ kind: "delay", ms: 4_000, route: "scores", clientId });
  const worker = await startWorkerProcess(installation.database);
  const { id: lastId } = await startGradeSync(installation, first);
  const sending = { runId: lastId, state: "sending" as const };
  await until(async () => (await installation.db.prisma.score.count({ where: sending })) === 1);
  const stopped = worker.terminate();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const { id: nextId } = await startGradeSync(installation, second);
  await stopped;
  expect(await finished(installation, lastId)).toMatchObject({ state: "succeeded", done: 1 });
  const jobs = await querySql<{ state: string }>(
    installation.database.url,
    `SELECT state FROM pgboss.job WHERE name = 'run' AND singleton_key = '${nextId}'`,
  );
  expect(jobs).toEqual([{ state: "created" }]);
});
