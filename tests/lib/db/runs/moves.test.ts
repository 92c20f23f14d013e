import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LeaseLost, MoveRefused } from "#lib/db/errors.ts";
import type { RunState } from "#lib/db/generated/enums.ts";
import { insertHold } from "#lib/db/holds/holds.ts";
import { cancelRun } from "#lib/db/runs/ends.ts";
import { noteFollowUp } from "#lib/db/runs/follow-ups.ts";
import { moveRun } from "#lib/db/runs/moves/move.ts";
import { isFinished, MOVES, type MoveName, type StateAfter } from "#lib/db/runs/moves/table.ts";
import { pauseRuns, resumeRuns } from "#lib/db/system/pauses.ts";
import { openChangeFeed, type Change } from "#lib/db/changes.ts";
import { openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { until } from "#tests/support/grading.ts";

const STATES = [
  "queued",
  "running",
  "paused",
  "held",
  "succeeded",
  "partly_succeeded",
  "failed",
  "cancelled",
] as const satisfies RunState[];
const NAMES = Object.keys(MOVES) as MoveName[];
const CASES = NAMES.flatMap((name) => STATES.map((from) => ({ name, from })));

let database: TestDatabase;
let stage: CourseStage;

beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openCourseStage(database.db);
});
afterAll(() => database.drop());

/** A run over all courses in that state: an earlier move, not this table, put it there. */
async function runIn(state: RunState): Promise<string> {
  const { registrationId, courseIds } = stage;
  const { id } = await database.db.prisma.run.create({
    data: {
      kind: "roster_sync",
      state,
      registrationId,
      trigger: "operator",
      startedBy: "Kim Park",
      lease: 1,
      attempt: 3,
      phase: "fetch",
      notBefore: new Date("2031-01-01"),
      waitReason: "the platform asked us to slow down",
      errorCode: "lti.rate_limited",
      errorMessage: "too many requests",
      ...(isFinished(state) && { finishedAt: new Date() }),
      courses: {
        create: (["succeeded", "running", "pending"] as const).map((part, position) => ({
          courseId: courseIds[position]!,
          position,
          state: part,
        })),
      },
    },
  });
  return id;
}

async function lookAt(id: string) {
  const run = await database.db.prisma.run.findUniqueOrThrow({
    where: { id },
    include: { events: true, courses: { orderBy: { position: "asc" } } },
  });
  return { ...run, parts: run.courses.map(({ state }) => state) };
}

describe.each(CASES)("$name of a run that is $from", ({ name, from }) => {
  const move = MOVES[name] as { from: readonly RunState[]; to: readonly RunState[] };
  const legal = move.from.includes(from) ? move.to : [];
  const make = (runId: string, to: RunState) =>
    moveRun(database.db, name, { runId }, to as StateAfter<typeof name>);

  test("is refused to every other state, and changes nothing", async () => {
    const runId = await runIn(from);
    const before = await lookAt(runId);
    for (const to of STATES.filter((state) => !legal.includes(state)))
      await expect(make(runId, to)).rejects.toBeInstanceOf(MoveRefused);
    expect(await lookAt(runId)).toEqual(before);
  });

  test.each(legal.map((to) => ({ to })))("makes it $to", async ({ to }) => {
    const runId = await runIn(from);
    expect(await make(runId, to)).toMatchObject({ id: runId, state: to, formerState: from });
    const after = await lookAt(runId);
    expect(after.state).toBe(to);
    expect(after.events).toHaveLength(1);
    expect(after.finishedAt !== null).toBe(isFinished(to));
    if (!isFinished(to)) return expect(after.parts).toEqual(["succeeded", "running", "pending"]);
    expect(after.parts).toEqual(["succeeded", "skipped", "skipped"]);
    expect(after).toMatchObject({ phase: "done", notBefore: null, waitReason: null });
  });
});

test("a run that waits for its platform has no error to show", async () => {
  const runId = await runIn("running");
  const facts = { notBefore: new Date("2031-01-02"), waitReason: "the platform answered 503" };
  await moveRun(database.db, "wait", { runId, lease: 1 }, "queued", facts);
  expect(await lookAt(runId)).toMatchObject({ ...facts, attempt: 2, errorCode: null });
});

test("under a lease that another worker took over nothing is moved", async () => {
  const runId = await runIn("running");
  const late = moveRun(database.db, "hand_back", { runId, lease: 0 }, "queued");
  await expect(late).rejects.toBeInstanceOf(LeaseLost);
  expect(await lookAt(runId)).toMatchObject({ state: "running", lease: 1, events: [] });
});

describe("cancelling does the same, whatever the run is at", () => {
  const CANCELLED = {
    state: "cancelled",
    phase: "done",
    notBefore: null,
    waitReason: null,
    errorCode: null,
    errorMessage: null,
    parts: ["succeeded", "skipped", "skipped"],
    events: [{ level: "warning", kind: "run.cancelled" }],
  };

  test.each(["queued", "paused", "held"] as const)("%s", async (state) => {
    const { db } = database;
    const runId = await runIn(state);
    await noteFollowUp(db, runId, { trigger: "api", startedBy: "gradebook" });
    await cancelRun(db, runId, "Kim Park");
    const after = await lookAt(runId);
    expect(after).toMatchObject(CANCELLED);
    expect(after.cancelRequestedAt).not.toBeNull();
    expect(await db.prisma.runFollowUp.count({ where: { runId } })).toBe(0);
  });

  test("running: its worker does it at the next checkpoint", async () => {
    const { db } = database;
    const runId = await runIn("running");
    expect(await cancelRun(db, runId, "Kim Park")).toMatchObject({ state: "running" });
    const { registrationId } = stage;
    const lease = { runId, lease: 1, registrationId, courseId: null };
    await endAttemptAs(db, lease, { state: "cancelled" });
    expect(await lookAt(runId)).toMatchObject(CANCELLED);
  });

  test("with removals held for a decision, which are discarded in the name of who cancels", async () => {
    const { db } = database;
    const runId = await runIn("held");
    const [courseId] = stage.courseIds as [string];
    await db.prisma.runCourse.updateMany({ where: { runId, courseId }, data: { state: "held" } });
    const hold = { runId, courseId, registrationId: stage.registrationId, rule: "share" };
    const id = await insertHold(db, { ...hold, removals: 20, membersBefore: 50 });
    await cancelRun(db, runId, "Kim Park");
    expect(await lookAt(runId)).toMatchObject(CANCELLED);
    const decided = await db.prisma.hold.findUniqueOrThrow({ where: { id } });
    expect(decided).toMatchObject({ state: "discarded", decidedBy: "Kim Park" });
  });

  test("finished: it is refused, and nothing is written", async () => {
    const runId = await runIn("failed");
    const before = await lookAt(runId);
    const refused = cancelRun(database.db, runId, "Kim Park");
    await expect(refused).rejects.toMatchObject({ code: "sync.move_refused", from: "failed" });
    expect(await lookAt(runId)).toEqual(before);
  });
});

describe("pausing does the same, whatever the run is at", () => {
  const PAUSED = {
    state: "paused",
    notBefore: null,
    waitReason: "its registration is paused",
    errorCode: null,
    pauseRequestedAt: null,
    parts: ["succeeded", "running", "pending"],
    events: [{ kind: "run.paused", message: "paused: its registration is paused" }],
  };

  test("queued or running, and both are told of", async () => {
    const { db } = database;
    const [queued, running] = [await runIn("queued"), await runIn("running")];
    const feed = await openChangeFeed(database.url);
    const heard: Change[] = [];
    feed.subscribe((change) => heard.push(change));
    const target = { scope: "registration", registrationId: stage.registrationId } as const;
    await pauseRuns(db, target, "its registration is paused");
    expect(await lookAt(queued)).toMatchObject({ ...PAUSED, attempt: 3 });
    const asked = await lookAt(running);
    expect(asked).toMatchObject({ state: "running", events: [] });
    expect(asked.pauseRequestedAt).not.toBeNull();
    const facts = { waitReason: "its registration is paused" };
    await moveRun(db, "pause", { runId: running, lease: 1 }, "paused", facts);
    expect(await lookAt(running)).toMatchObject({ ...PAUSED, attempt: 2 });
    await until(async () =>
      [queued, running].every((runId) => heard.some((change) => change.runId === runId)),
    );
    await feed.close();
    const resumed = await resumeRuns(db, target);
    expect(resumed.map(({ id }) => id)).toEqual(expect.arrayContaining([queued, running]));
    expect(await lookAt(queued)).toMatchObject({ state: "queued", waitReason: null });
  });
});
