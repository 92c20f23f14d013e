import { beforeEach, describe, expect, test } from "vitest";
import { cancelRun } from "#lib/db/runs/ends.ts";
import { transaction } from "#lib/db/client.ts";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
beforeEach(async () => {
  await platform.setLatency({ latencyMs: { memberships: 150 } });
  await platform.resetCounts();
});

async function manyCourses(count: number, { concurrency = 8 } = {}) {
  const registration = await register(installation, platform);
  await installation.db.prisma.registration.update({
    where: { id: registration.id },
    data: { profileOverrides: { scoreConcurrency: concurrency } },
  });
  const courses = [];
  for (let index = 0; index < count; index++) {
    const title = `Course ${String(index).padStart(2, "0")}`;
    courses.push(await addCourse(installation, platform, registration, { title, members: 4 }));
  }
  return { registrationId: registration.id, courses };
}

async function atOnce(): Promise<number> {
  return (await platform.counts()).maxConcurrentByRoute["memberships"] ?? 0;
}

describe("the courses of a run", () => {
  test("are read four at a time where the platform takes its time, under one token", async () => {
    const { registrationId } = await manyCourses(10);
    const run = await finished(
      installation,
      (await startRun(installation, "roster_sync", { registrationId })).id,
    );
    expect(run).toMatchObject({ state: "succeeded", done: 10, tokensRequested: 1 });
    expect(run).toMatchObject({ endpointSwaps: 10, membersSeen: 40, membersAdded: 40 });
    expect(await atOnce()).toBe(4);
    expect((await platform.counts()).tokensIssued).toBe(1);
  });

  test("are never read by more calls at once than the registration allows", async () => {
    const { registrationId } = await manyCourses(6, { concurrency: 2 });
    const { id } = await startRun(installation, "roster_sync", { registrationId });
    expect(await finished(installation, id)).toMatchObject({ state: "succeeded", done: 6 });
    expect(await atOnce()).toBe(2);
  });

  test("that fails leaves those beside it alone", async () => {
    const { registrationId, courses } = await manyCourses(8);
    const { contextId } = courses[1]!.course;
    await platform.misbehave({ kind: "forbidden", contextId });
    const { id } = await startRun(installation, "roster_sync", { registrationId });
    const run = await finished(installation, id);
    await platform.behave({});
    expect(run).toMatchObject({ state: "partly_succeeded", done: 7, failed: 1 });
  });

  test.each([
    ["the first", 0],
    ["one in the middle", 3],
    ["the last", 7],
  ])("are all synced where %s of them gets no answer at first", async (_which, index) => {
    const { registrationId, courses } = await manyCourses(8);
    const { contextId } = courses[index]!.course;
    await platform.misbehave({ kind: "error_page", status: 502, contextId, times: 1 });
    const { id } = await startRun(installation, "roster_sync", { registrationId });
    const run = await finished(installation, id);
    expect(run).toMatchObject({ state: "succeeded", done: 8, failed: 0, membersSeen: 32 });
    expect((await platform.requests({ contextId })).map(({ status }) => status)).toEqual([
      502, 200,
    ]);
    const parts = await installation.db.prisma.runCourse.groupBy({
      by: ["state"],
      where: { runId: id },
      _count: true,
    });
    expect(parts).toEqual([{ state: "succeeded", _count: 8 }]);
  });

  test("wait for none that get no answer, although these come first", async () => {
    const { registrationId, courses } = await manyCourses(8, { concurrency: 1 });
    for (const { course } of courses.slice(0, 3)) {
      const { contextId } = course;
      await platform.misbehave({ kind: "error_page", status: 502, contextId, times: 2 });
    }
    const { id } = await startRun(installation, "roster_sync", { registrationId });
    const run = await finished(installation, id);
    expect(run).toMatchObject({ state: "succeeded", done: 8 });
    const asked = await platform.requests({ route: "memberships" });
    const inOrder = courses.map(({ course }) => course.contextId);
    expect(asked.map(({ contextId }) => inOrder.indexOf(contextId ?? ""))).toEqual([
      ...[0, 1, 2],
      ...[3, 4, 5, 6, 7, 0, 1, 2],
      ...[0, 1, 2],
    ]);
  });

  test("end where they are when the run is cancelled, and no other is begun", async () => {
    const { registrationId } = await manyCourses(12);
    const { id } = await startRun(installation, "roster_sync", { registrationId });
    while ((await platform.counts()).byRoute["memberships"] === undefined)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await transaction(installation.db, (tx) => cancelRun(tx, id, "Kim Park"));
    expect(await finished(installation, id)).toMatchObject({ state: "cancelled" });
    const asked = (await platform.counts()).byRoute["memberships"] ?? 0;
    expect(asked).toBeLessThanOrEqual(8);
    const states = await installation.db.prisma.runCourse.groupBy({
      by: ["state"],
      where: { runId: id },
      _count: true,
    });
    expect(states.map(({ state }) => state)).not.toContain("running");
  });
});
