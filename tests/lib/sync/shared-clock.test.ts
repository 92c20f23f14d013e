import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { row } from "#lib/db/rows/shape.ts";
import { timestamptz } from "#lib/db/rows/types.ts";
import { startSharedClock } from "#lib/sync/shared-clock.ts";
import { gradedCourse, runOf, startGradeSync, until } from "#tests/support/grading.ts";
import { finished, startInstallation, type Installation } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { startWorkerProcess, type WorkerProcess } from "#tests/support/worker-processes.ts";

let installation: Installation;
let platform: PlatformClient;
let worker: WorkerProcess;

beforeAll(async () => {
  platform = await startPlatform();
});
afterAll(() => platform.stop());
beforeEach(async () => {
  installation = await startInstallation({ isWorker: false });
  worker = await startWorkerProcess(installation.database, { canStepClock: true });
});
afterEach(async () => {
  await worker.terminate();
  await installation.stop();
});

test("the clock that processes share is the database's", async () => {
  const clock = await startSharedClock(installation.db);
  const [answer] = await installation.db.rows(
    row({ at: timestamptz }),
    "SELECT clock_timestamp() AS at",
  );
  expect(Math.abs(clock.now().getTime() - answer!.at.getTime())).toBeLessThan(1_000);
  clock.stop();
});

test.each([
  ["ahead", 300_000],
  ["behind", -300_000],
])("a worker's clock that is minutes %s changes nothing of a sync", async (_how, offsetMs) => {
  worker.setClock(offsetMs);
  const made = await gradedCourse(installation, platform, { scores: 5 });
  const { clientId } = made.registration;
  const throttle = { kind: "rate_limited", route: "token", clientId } as const;
  await platform.misbehave({ ...throttle, times: 1, retryAfterSec: 3 });
  const { id: runId } = await startGradeSync(installation, made);
  const waits = async () => (await runOf(installation, runId)).notBefore?.getTime();
  await until(async () => (await waits()) !== undefined);
  expect(Math.abs(((await waits()) ?? Infinity) - Date.now())).toBeLessThan(30_000);
  expect(await finished(installation, runId)).toMatchObject({
    state: "succeeded",
    done: 5,
    tokensRequested: 1,
  });
  const [token] = await installation.db.prisma.accessToken.findMany({
    where: { registrationId: made.registration.id },
  });
  const lifetimeMs = token!.expiresAt.getTime() - Date.now();
  expect(lifetimeMs).toBeGreaterThan(3_000_000);
  expect(lifetimeMs).toBeLessThan(3_600_000);
});

test("a clock that is set back does not lengthen a wait", async () => {
  worker.setClock(300_000);
  const made = await gradedCourse(installation, platform, { scores: 2 });
  const { clientId } = made.registration;
  const throttle = { kind: "rate_limited", route: "scores", clientId } as const;
  await platform.misbehave({ ...throttle, times: 1, retryAfterSec: 5 });
  const { id: runId } = await startGradeSync(installation, made);
  await until(async () => (await runOf(installation, runId)).waitReason !== null);
  worker.setClock(0);
  expect(await finished(installation, runId)).toMatchObject({ state: "succeeded", done: 2 });
});
