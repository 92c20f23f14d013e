import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import { createBulkPerformer } from "#lib/operations/bulk/performer.ts";
import {
  cancelBulk,
  getBulk,
  listBulk,
  previewBulk,
  startBulk,
} from "#lib/operations/bulk/bulk.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { Conflict, InvalidInput } from "#lib/operations/errors.ts";
import type { BulkStart, BulkView } from "#lib/operations/bulk/schema.ts";
import {
  addCourse,
  register,
  startInstallation,
  wantScores,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";

const OPERATOR = {
  kind: "operator",
  id: "operator-1",
  name: "Kim Park",
  email: "kim@example.edu",
  access: FULL_ACCESS,
} as const;

let installation: Installation;
let platform: PlatformClient;
let caller: Caller;

beforeAll(async () => {
  [platform, installation] = await Promise.all([
    startPlatform(),
    startInstallation({ isWorker: false }),
  ]);
  caller = { ...callerOf(installation), actor: OPERATOR };
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

type State = "queued" | "running" | "paused" | "failed" | "succeeded";

/** Runs without work behind them, one course each, in a registration of their own. */
async function runsIn(states: State[]): Promise<Registration> {
  const registration = await register(installation, platform);
  const { prisma } = installation.db;
  const deployment = await prisma.deployment.findFirstOrThrow({
    where: { registrationId: registration.id },
  });
  for (const [index, state] of states.entries()) {
    const course = await prisma.course.create({
      data: {
        registrationId: registration.id,
        deploymentId: deployment.id,
        contextId: `context-${index}`,
        title: `Course ${String(index).padStart(4, "0")}`,
        membershipsUrl: `https://lms.example.edu/${index}/members`,
      },
    });
    await addRun(registration, course.id, state);
  }
  return registration;
}

async function addRun(registration: Registration, courseId: string, state: State) {
  return installation.db.prisma.run.create({
    data: {
      kind: "roster_sync",
      registrationId: registration.id,
      courseId,
      state,
      trigger: "operator",
      startedBy: "Kim Park",
    },
  });
}

async function stateCounts({ id }: Registration) {
  const groups = await installation.db.prisma.run.groupBy({
    by: ["state"],
    where: { registrationId: id },
    _count: true,
  });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]));
}

/** Works an operation in this process, as a worker does. */
async function perform({ id }: BulkView, signal = new AbortController().signal) {
  const { db } = installation;
  const callerFor = (actor: Caller["actor"]) => ({ ...caller, actor });
  const onError = (error: unknown) => installation.errors.push(error);
  const end = await createBulkPerformer({ db, callerFor, onError })(id, signal);
  expect(installation.errors).toEqual([]);
  return { end, operation: await getBulk(caller, { operationId: id }) };
}

const cancelAll = ({ id }: Registration): BulkStart => ({
  action: "runs.cancel",
  filter: { registrationId: id },
});

describe("the filter of a bulk operation", () => {
  test.each([
    { action: "runs.cancel", filter: {} },
    { action: "runs.retry", filter: { state: [] } },
    { action: "courses.sync_rosters", filter: {} },
    { action: "courses.sync_grades", filter: { archived: "all" } },
    { action: "courses.sync_grades", filter: { q: "" } },
    { action: "holds.approve", filter: {} },
    { action: "holds.discard", filter: { state: "open" } },
  ])("is refused where it narrows nothing: $action $filter", async (start) => {
    await expect(startBulk(caller, start as BulkStart)).rejects.toThrow(InvalidInput);
    await expect(previewBulk(caller, start as BulkStart)).rejects.toThrow(InvalidInput);
    expect(await installation.db.prisma.bulkOperation.count()).toBe(0);
  });

  test("that matches nothing to act on starts nothing", async () => {
    const registration = await runsIn(["succeeded"]);
    await expect(startBulk(caller, cancelAll(registration))).rejects.toThrow(Conflict);
    expect(await installation.db.prisma.bulkOperation.count()).toBe(0);
  });
});

describe("a bulk operation", () => {
  test("says beforehand what it will act on and what it leaves alone", async () => {
    const registration = await runsIn(["queued", "queued", "succeeded", "failed"]);
    expect(await previewBulk(caller, cancelAll(registration))).toEqual({
      action: "runs.cancel",
      filterWords: ["Registration: State University"],
      total: 4,
      targets: 2,
      untouched: [{ reason: "finished", count: 2 }],
      names: ["Course 0000", "Course 0001"],
    });
    expect(await stateCounts(registration)).toEqual({ queued: 2, succeeded: 1, failed: 1 });
  });

  test("acts on what matched, in the name of who asked", async () => {
    const registration = await runsIn(["queued", "queued", "succeeded"]);
    const started = await startBulk(caller, cancelAll(registration));
    expect(started).toMatchObject({ state: "running", total: 3, done: 0, skipped: 1 });
    const { operation } = await perform(started);
    expect(operation).toMatchObject({ state: "done", done: 2, skipped: 1, failed: 0 });
    expect(await stateCounts(registration)).toEqual({ cancelled: 2, succeeded: 1 });
    const { prisma } = installation.db;
    const entries = await prisma.auditEntry.findMany({
      where: {
        actor: "Kim Park",
        source: "operator",
        action: { in: ["bulk.start", "run.cancel"] },
      },
      orderBy: { id: "desc" },
      take: 3,
    });
    expect(entries.map(({ action }) => action)).toEqual(["run.cancel", "run.cancel", "bulk.start"]);
    expect(await prisma.bulkTarget.count({ where: { operationId: started.id } })).toBe(0);
    expect((await listBulk(caller, {})).items[0]?.id).toBe(started.id);
    const found = async (filter: Parameters<typeof listBulk>[1]) =>
      (await listBulk(caller, filter)).items.some(({ id }) => id === started.id);
    expect(await found({ action: "runs.cancel", state: "done", since: "2020-01-01" })).toBe(true);
    expect(await found({ action: "runs.retry" })).toBe(false);
    expect(await found({ state: "running" })).toBe(false);
    expect(await found({ until: "2020-01-01" })).toBe(false);
    expect(await found({ actor: "nobody is called so" })).toBe(false);
    expect(await found({ actor: started.startedBy.slice(1).toUpperCase() })).toBe(true);
  });

  test("does not touch what comes to match after its start", async () => {
    const registration = await runsIn(["queued"]);
    const started = await startBulk(caller, cancelAll(registration));
    const course = await installation.db.prisma.course.findFirstOrThrow({
      where: { registrationId: registration.id },
    });
    const late = await addRun(registration, course.id, "running");
    const { operation } = await perform(started);
    expect(operation).toMatchObject({ state: "done", total: 1, done: 1 });
    const untouched = await installation.db.prisma.run.findUniqueOrThrow({
      where: { id: late.id },
    });
    expect(untouched).toMatchObject({ state: "running", cancelRequestedAt: null });
  });

  test("skips what is settled meanwhile, and says why", async () => {
    const registration = await runsIn(["queued", "queued"]);
    const started = await startBulk(caller, cancelAll(registration));
    const first = await installation.db.prisma.run.findFirstOrThrow({
      where: { registrationId: registration.id },
      orderBy: { createdAt: "asc" },
    });
    await installation.db.prisma.run.update({
      where: { id: first.id },
      data: { state: "succeeded" },
    });
    const { operation } = await perform(started);
    expect(operation).toMatchObject({ state: "done", done: 1, skipped: 1 });
    expect(operation.problems).toEqual([
      {
        objectId: first.id,
        name: "Course 0000",
        outcome: "skipped",
        reason: "the run has succeeded",
      },
    ]);
  });

  test("retries what failed, and nothing that is under way", async () => {
    const registration = await runsIn(["failed", "failed", "succeeded", "queued"]);
    const start: BulkStart = {
      action: "runs.retry",
      filter: { registrationId: registration.id },
    };
    const started = await startBulk(caller, start);
    expect(started.untouched).toEqual([
      { reason: "not finished", count: 1 },
      { reason: "without failures", count: 1 },
    ]);
    const { operation } = await perform(started);
    expect(operation).toMatchObject({ state: "done", total: 4, done: 2, skipped: 2 });
    expect(await stateCounts(registration)).toEqual({ failed: 2, succeeded: 1, queued: 3 });
  });

  test("starts no second sync of a course, and none without the service", async () => {
    const registration = await runsIn(["succeeded", "queued"]);
    await installation.db.prisma.course.updateMany({
      where: { registrationId: registration.id, title: "Course 0000" },
      data: { membershipsUrl: null },
    });
    const start: BulkStart = {
      action: "courses.sync_rosters",
      filter: { registrationId: registration.id, archived: "no" },
    };
    const { operation } = await perform(await startBulk(caller, start));
    expect(operation).toMatchObject({ total: 2, done: 0, skipped: 2 });
    expect(operation.untouched).toEqual([{ reason: "without a roster service", count: 1 }]);
    expect(operation.problems).toMatchObject([
      { name: "Course 0001", outcome: "skipped", reason: "the same sync is under way" },
    ]);
  });

  test("decides about holds of one rule", async () => {
    const registration = await runsIn(["succeeded", "succeeded"]);
    const { prisma } = installation.db;
    const runs = await prisma.run.findMany({ where: { registrationId: registration.id } });
    for (const [index, { id, courseId }] of runs.entries()) {
      await prisma.runCourse.create({
        data: { runId: id, courseId: courseId!, position: 0, state: "held" },
      });
      await prisma.hold.create({
        data: {
          runId: id,
          courseId: courseId!,
          registrationId: registration.id,
          rule: index === 0 ? "empty" : "share",
          removals: 3,
          membersBefore: 3,
        },
      });
    }
    const start: BulkStart = {
      action: "holds.discard",
      filter: { state: "open", rule: "share", registrationId: registration.id },
    };
    const { operation } = await perform(await startBulk(caller, start));
    expect(operation).toMatchObject({ state: "done", total: 1, done: 1 });
    const holds = await prisma.hold.findMany({ where: { registrationId: registration.id } });
    expect(new Map(holds.map(({ rule, state }) => [rule, state]))).toEqual(
      new Map([
        ["empty", "open"],
        ["share", "discarded"],
      ]),
    );
  });
});

describe("a bulk verification", () => {
  test("starts a run for each course of the filter in which something was sent", async () => {
    const { prisma } = installation.db;
    const registration = await register(installation, platform);
    const courses = [];
    for (const lineItems of [1, 1, 1])
      courses.push(await addCourse(installation, platform, registration, { lineItems }));
    const [sent, waiting] = courses;
    for (const made of [sent!, waiting!])
      await wantScores(installation, made.lineItems[0]!, ["someone"]);
    await prisma.score.updateMany({
      where: { lineItemId: sent!.lineItems[0]!.id },
      data: { state: "sent", sentAt: new Date() },
    });
    const start: BulkStart = {
      action: "courses.verify",
      filter: { registrationId: registration.id, archived: "no" },
    };
    expect(await previewBulk(caller, start)).toMatchObject({
      targets: 1,
      untouched: [{ reason: "without scores that were sent", count: 2 }],
    });
    const { operation } = await perform(await startBulk(caller, start));
    expect(operation).toMatchObject({ state: "done", done: 1, skipped: 2 });
    const runs = await prisma.run.findMany({ where: { registrationId: registration.id } });
    expect(runs).toMatchObject([{ kind: "verify", courseId: sent!.course.id, state: "queued" }]);
  });
});

const RUNS = 150;

describe("a bulk operation that is stopped", () => {
  test("by who asked keeps what it did, and acts on nothing more", async () => {
    const registration = await runsIn(["queued", "queued", "queued"]);
    const started = await startBulk(caller, cancelAll(registration));
    expect(await cancelBulk(caller, { operationId: started.id })).toMatchObject({
      state: "cancelling",
    });
    const { operation } = await perform(started);
    expect(operation).toMatchObject({ state: "cancelled", done: 0 });
    expect(await stateCounts(registration)).toEqual({ queued: 3 });
    await expect(cancelBulk(caller, { operationId: started.id })).rejects.toThrow(Conflict);
  });

  test("by its worker is handed back, and goes on where it was", async () => {
    const registration = await runsIn(["queued", "queued", "queued"]);
    const started = await startBulk(caller, cancelAll(registration));
    const stopped = new AbortController();
    stopped.abort();
    const { end, operation } = await perform(started, stopped.signal);
    expect(end?.again).toBeInstanceOf(Date);
    expect(operation).toMatchObject({ state: "running", done: 0 });
    expect((await perform(started)).operation).toMatchObject({ state: "done", done: 3 });
  });

  test("by kill -9 in mid-way is continued by another process, each object once", async () => {
    // Paused, so that the workers do nothing with these runs but cancel them.
    const registration = await runsIn(Array.from({ length: RUNS }, () => "paused" as const));
    await installation.db.prisma.registration.update({
      where: { id: registration.id },
      data: { pausedAt: new Date(), pausedBy: "Kim Park" },
    });
    const started = await startBulk(caller, cancelAll(registration));
    const progress = () => getBulk(caller, { operationId: started.id });
    const doomed = await startWorkerProcess(installation.database);
    await vi.waitUntil(async () => (await progress()).done > 10, { timeout: 60_000, interval: 5 });
    await doomed.kill();
    const between = await progress();
    expect(between).toMatchObject({ state: "running" });
    expect(between.done).toBeLessThan(RUNS);

    const heir = await startWorkerProcess(installation.database);
    await vi.waitUntil(async () => (await progress()).state === "done", {
      timeout: 90_000,
      interval: 100,
    });
    await heir.terminate();
    expect(await progress()).toMatchObject({ done: RUNS, skipped: 0, failed: 0, problems: [] });
    expect(await stateCounts(registration)).toEqual({ cancelled: RUNS });
    const entries = await installation.db.prisma.auditEntry.groupBy({
      by: ["objectId"],
      where: { action: "run.cancel", object: "run", actor: "Kim Park" },
      _count: true,
    });
    expect(entries.every(({ _count }) => _count === 1)).toBe(true);
  }, 240_000);
});
