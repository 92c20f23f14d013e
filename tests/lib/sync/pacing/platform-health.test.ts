import { describe, expect, test } from "vitest";
import type { Registration } from "#lib/db/generated/client.ts";
import { endPlatformCooldown } from "#lib/operations/tokens/platform-cooldown.ts";
import { applyPreview } from "#lib/operations/rosters/previews.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { gradedCourse, runOf, startGradeSync, until } from "#tests/support/grading.ts";
import { finished, register } from "#tests/support/installation.ts";
import { oneCourse } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

async function slowRegistration(ms: number): Promise<Registration> {
  const registration = await register(installation, platform);
  const { clientId } = registration;
  await platform.misbehave({ kind: "delay", ms, route: "scores", clientId });
  return registration;
}

const flowOf = (registrationId: string) =>
  installation.db.prisma.platformPacing.findUnique({ where: { registrationId } });

describe("a run that waits for the end of a rest", () => {
  test("goes on at once when an operator ends it", { timeout: 60_000 }, async () => {
    const registration = await slowRegistration(5);
    const { id: registrationId, clientId } = registration;
    const made = await gradedCourse(installation, platform, { scores: 10, registration });
    const rest = { kind: "rate_limited", retryAfterSec: 28, times: 1 } as const;
    await platform.misbehave({ ...rest, route: "scores", clientId });
    const { id } = await startGradeSync(installation, made);
    await until(async () => (await runOf(installation, id)).waitReason !== null);
    expect(await runOf(installation, id)).toMatchObject({ state: "running" });
    await endPlatformCooldown(operator, { registrationId });
    const endedMs = Date.now();
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 10 });
    expect(Date.now() - endedMs).toBeLessThan(15_000);
  });
});

describe("a platform that is down", () => {
  test("counts as down while it answers everything but scores", { timeout: 60_000 }, async () => {
    const registration = await slowRegistration(300);
    const { id: registrationId, clientId } = registration;
    const made = await gradedCourse(installation, platform, { scores: 30, registration });
    await installation.db.prisma.course.update({
      where: { id: made.course.id },
      data: { conflictPolicy: "ask" },
    });
    await installation.db.prisma.platformPacing.create({
      data: { registrationId, failures: 4, updatedAt: new Date(Date.now() - 60_000) },
    });
    await platform.misbehave({ kind: "cut", when: "before", route: "scores", clientId });
    const { id } = await startGradeSync(installation, made);
    await until(async () => {
      const { state, attempt } = await runOf(installation, id);
      return state === "queued" && attempt > 0;
    });
    expect(await flowOf(registrationId)).toMatchObject({
      failures: 5,
      circuitOpenedAt: expect.any(Date),
    });
    expect(
      (await platform.requests({ clientId, route: "results", status: 200 })).length,
    ).toBeGreaterThan(0);
    await platform.behave({});
  });

  test("is not well because a preview was applied, which asks it nothing", async () => {
    const made = await oneCourse(installation, platform, { members: 4 });
    const { registrationId, course } = made;
    const previewed = await startRun(operator, {
      kind: "roster_sync",
      courseId: course.id,
      isPreview: true,
    });
    await finished(installation, previewed.run.id);
    await installation.db.prisma.platformPacing.upsert({
      where: { registrationId },
      create: { registrationId, failures: 3 },
      update: { failures: 3 },
    });
    const { run } = await applyPreview(operator, {
      runId: previewed.run.id,
      withoutRemovals: false,
    });
    expect(await finished(installation, run.id)).toMatchObject({ state: "succeeded" });
    expect(await flowOf(registrationId)).toMatchObject({ failures: 3 });
  });
});
