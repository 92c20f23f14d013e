import { afterEach, describe, expect, test } from "vitest";
import type { Registration } from "#lib/db/generated/client.ts";
import { endPlatformCooldown } from "#lib/operations/tokens/platform-cooldown.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { getRun } from "#lib/operations/runs/runs.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, runOf, startGradeSync, until, valuesOn } from "#tests/support/grading.ts";
import { finished, register } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

const CONCURRENCY = 4;

/** A registration that takes four calls at once, each of them slow enough to meet others. */
async function slowRegistration(ms: number): Promise<Registration> {
  const { id, clientId } = await register(installation, platform);
  await platform.misbehave({ kind: "delay", ms, route: "scores", clientId });
  return installation.db.prisma.registration.update({
    where: { id },
    data: { profileOverrides: { scoreConcurrency: CONCURRENCY } },
  });
}

const flowOf = (registrationId: string) =>
  installation.db.prisma.platformPacing.findUnique({ where: { registrationId } });

describe("runs of one registration", () => {
  test(
    "share its calls evenly and never make more at once than it takes",
    { timeout: 90_000 },
    async () => {
      const registration = await slowRegistration(30);
      const scores = 500;
      const one = await gradedCourse(installation, platform, { scores, registration });
      const two = await gradedCourse(installation, platform, { scores, registration });
      await platform.resetCounts();
      const first = await startGradeSync(installation, one);
      const second = await startGradeSync(installation, two);
      const doneBy = async () => [
        (await runOf(installation, first.id)).done,
        (await runOf(installation, second.id)).done,
      ];
      await until(async () => (await doneBy()).some((done) => done === scores));
      expect(Math.min(...(await doneBy()))).toBeGreaterThan(scores / 2);
      const ends = [
        await finished(installation, first.id),
        await finished(installation, second.id),
      ];
      expect(ends.map(({ state }) => state)).toEqual(["succeeded", "succeeded"]);
      const { maxConcurrentByRoute } = await platform.counts();
      expect(maxConcurrentByRoute.scores).toBeGreaterThan(1);
      expect(maxConcurrentByRoute.scores).toBeLessThanOrEqual(CONCURRENCY);
    },
  );

  test(
    "do not starve: a small one is done long before a huge one",
    { timeout: 90_000 },
    async () => {
      const registration = await slowRegistration(20);
      const huge = await gradedCourse(installation, platform, { scores: 900, registration });
      const small = await gradedCourse(installation, platform, { scores: 20, registration });
      const { id } = await startGradeSync(installation, huge);
      await until(async () => (await runOf(installation, id)).done > 0);
      const quick = await startGradeSync(installation, small);
      expect(await finished(installation, quick.id)).toMatchObject({
        state: "succeeded",
        done: 20,
      });
      expect(await runOf(installation, id)).toMatchObject({ state: "running" });
      expect((await runOf(installation, id)).done).toBeLessThan(700);
      expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 900 });
    },
  );

  test("all heed a Retry-After that one of them got", { timeout: 60_000 }, async () => {
    const registration = await slowRegistration(20);
    const { clientId } = registration;
    const given = { scores: 120, registration };
    const one = await gradedCourse(installation, platform, given);
    const two = await gradedCourse(installation, platform, given);
    await platform.misbehave({
      kind: "rate_limited",
      route: "scores",
      contextId: one.contextId,
      from: 10,
      times: 1,
      retryAfterSec: 3,
    });
    const runs = [await startGradeSync(installation, one), await startGradeSync(installation, two)];
    for (const { id } of runs)
      expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 120 });
    const requests = await platform.requests({ clientId, route: "scores" });
    const [limited] = requests.filter(({ status }) => status === 429);
    const refusedMs = Date.parse(limited!.at);
    const within = requests.filter(({ at }) => {
      const after = Date.parse(at) - refusedMs;
      return after > 1_300 && after < 2_900;
    });
    expect(within).toEqual([]);
  });

  test("heeds a Retry-After that came without an answer", { timeout: 60_000 }, async () => {
    const registration = await slowRegistration(20);
    const { clientId } = registration;
    const made = await gradedCourse(installation, platform, { scores: 60, registration });
    const down = {
      kind: "error_json",
      status: 503,
      body: {},
      headers: { "Retry-After": "3" },
    } as const;
    await platform.misbehave({ ...down, route: "scores", clientId, from: 10, times: 1 });
    const { id } = await startGradeSync(installation, made);
    const { state, done, errorCode, errorMessage } = await finished(installation, id);
    expect([state, done, errorCode, errorMessage]).toEqual(["succeeded", 60, null, null]);
    expect(await valuesOn(platform, made.lineItem)).toHaveProperty("size", 60);
    const requests = await platform.requests({ clientId });
    const unanswered = requests.filter(({ status }) => status === 503);
    expect(unanswered).toHaveLength(1);
    const within = requests.filter(({ at }) => {
      const after = Date.parse(at) - Date.parse(unanswered[0]!.at);
      return after > 150 && after < 2_900;
    });
    expect(within).toEqual([]);
  });
});

describe("a platform that is down", () => {
  test(
    "is left alone after failures in a row, and one call finds that it is back",
    { timeout: 90_000 },
    async () => {
      const registration = await slowRegistration(5);
      const { id: registrationId, clientId } = registration;
      const made = await gradedCourse(installation, platform, { scores: 30, registration });
      // Four failures went before, a while ago.
      await installation.db.prisma.platformPacing.create({
        data: { registrationId, failures: 4, updatedAt: new Date(Date.now() - 60_000) },
      });
      const { id: faultId } = await platform.misbehave({
        kind: "error_page",
        status: 503,
        clientId,
      });
      const { id: runId } = await startGradeSync(installation, made);
      await until(async () => (await flowOf(registrationId))?.circuitOpenedAt instanceof Date);
      const { flow } = await getRegistration(operator, { registrationId });
      expect(flow?.silentSince).not.toBeNull();
      expect(Date.parse(flow!.coolingDownUntil!)).toBeGreaterThan(Date.now() + 5_000);
      await until(async () => (await runOf(installation, runId)).waitReason !== null);
      expect(await getRun(operator, { runId })).toMatchObject({
        waitReason: expect.stringMatching(/503/),
        notBefore: expect.any(String),
      });

      await platform.behave({ id: faultId });
      await platform.resetCounts();
      await until(async () => (await runOf(installation, runId)).state === "queued");
      await endPlatformCooldown(operator, { registrationId });
      expect(await finished(installation, runId)).toMatchObject({ state: "succeeded", done: 30 });
      expect(await valuesOn(platform, made.lineItem)).toHaveProperty("size", 30);
      expect(await flowOf(registrationId)).toMatchObject({ failures: 0, circuitOpenedAt: null });
      expect((await getRegistration(operator, { registrationId })).flow).toBeNull();
      const audit = await installation.db.prisma.auditEntry.findFirst({
        where: { action: "registration.try_now", objectId: registrationId },
      });
      expect(audit).toMatchObject({ actor: "Ada Operator", objectId: registrationId });
    },
  );

  test("is not called before the time it named because another call is answered", async () => {
    const registration = await slowRegistration(1_200);
    const { id: registrationId, clientId } = registration;
    const made = await gradedCourse(installation, platform, { scores: 1, registration });
    const { id } = await startGradeSync(installation, made);
    await until(async () => (await platform.requests({ clientId, route: "token" })).length > 0);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const named = new Date(Date.now() + 20_000);
    const told = { failures: 1, notBefore: named, reason: "the platform answered 503" };
    await installation.db.prisma.platformPacing.upsert({
      where: { registrationId },
      create: { registrationId, ...told },
      update: told,
    });
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 1 });
    expect(await flowOf(registrationId)).toMatchObject({ ...told, failures: 0 });
  });

  test(
    "is asked by one call at a time while its circuit is open",
    { timeout: 60_000 },
    async () => {
      const registration = await slowRegistration(40);
      const { id: registrationId } = registration;
      const made = await gradedCourse(installation, platform, { scores: 40, registration });
      await installation.db.prisma.platformPacing.create({
        data: {
          registrationId,
          failures: 6,
          circuitOpenedAt: new Date(),
          notBefore: new Date(Date.now() + 1_500),
          reason: "the platform answered 503",
        },
      });
      await platform.resetCounts();
      const beganMs = Date.now();
      const { id } = await startGradeSync(installation, made);
      await until(async () => (await runOf(installation, id)).waitReason !== null);
      expect(await runOf(installation, id)).toMatchObject({
        waitReason: "the platform answered 503",
      });
      expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 40 });
      const requests = await platform.requests({ contextId: made.contextId, route: "scores" });
      expect(Date.parse(requests[0]!.at)).toBeGreaterThanOrEqual(beganMs + 1_300);
      // The second began only after the first had been answered.
      const [probe, next] = requests;
      expect(Date.parse(next!.at)).toBeGreaterThanOrEqual(Date.parse(probe!.at) + 40);
      expect(await flowOf(registrationId)).toMatchObject({ failures: 0, circuitOpenedAt: null });
    },
  );
});
