import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { closeHold, endHeldRun, supersedeHolds } from "#lib/db/holds/decide.ts";
import { pauseRuns } from "#lib/db/system/pauses.ts";
import { startRunCourse } from "#lib/db/runs/course-start.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { cancelRun } from "#lib/db/runs/ends.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { GONE, openCourseStage, REFUSED, type CourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let stage: CourseStage;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  stage = await openCourseStage(database.db);
});
afterEach(() => expectOutcomesKept(database.db));

describe("a course keeps the outcome of its latest roster sync", () => {
  test("as each course of a run ends, before the run does", async () => {
    const { runId } = await stage.begun();
    await stage.endPart(runId, stage.courseIds[0]!, { state: "succeeded" });
    await stage.endPart(runId, stage.courseIds[1]!, GONE);
    expect(await stage.reasons()).toEqual(["healthy", "roster_failed", null]);
    expect(await stage.outcomeOf(stage.courseIds[1]!)).toMatchObject({
      rosterRunId: runId,
      rosterState: "failed",
      rosterErrorCode: "lti.resource_gone",
      rosterErrorMessage: "404",
      rosterErrorDetail: { status: 404 },
      rosterEndedAt: expect.any(Date),
    });
  });

  test("when the run fails: of each course it did not get to the end of", async () => {
    const run = await stage.begun();
    await stage.endPart(run.runId, stage.courseIds[0]!, { state: "succeeded" });
    await stage.endPart(run.runId, stage.courseIds[1]!, GONE);
    await endAttemptAs(database.db, run, { state: "failed", ...REFUSED });
    expect(await stage.reasons()).toEqual(["healthy", "roster_failed", "roster_failed"]);
    expect(await stage.outcomeOf(stage.courseIds[1]!)).toMatchObject({
      rosterErrorCode: "lti.resource_gone",
    });
    expect(await stage.outcomeOf(stage.courseIds[2]!)).toMatchObject({
      rosterErrorCode: "lti.token_refused",
      rosterErrorMessage: "invalid_client",
    });
  });

  test("when a run fails that had left a paused course out", async () => {
    const { db } = database;
    const run = await stage.begun();
    const target = { scope: "course", courseId: stage.courseIds[2]! } as const;
    await transaction(db, (tx) => pauseRuns(tx, target, "its course is paused"));
    await endAttemptAs(db, run, { state: "failed", ...REFUSED });
    expect(await stage.outcomeOf(stage.courseIds[2]!)).toMatchObject({
      rosterState: "failed",
      rosterErrorCode: "sync.course_paused",
    });
  });

  test("and not that of a run which ends partly, cancelled or waiting to be tried again", async () => {
    const partly = await stage.begun();
    await stage.endPart(partly.runId, stage.courseIds[0]!, { state: "succeeded" });
    await endAttemptAs(database.db, partly, { state: "partly_succeeded", ...REFUSED });
    const cancelled = await stage.begun();
    await endAttemptAs(database.db, cancelled, { state: "cancelled" });
    const waiting = await stage.begun();
    const notBefore = new Date(Date.now() + 60_000);
    await endAttemptAs(database.db, waiting, { state: "queued", notBefore, ...REFUSED });
    expect(await stage.reasons()).toEqual(["retrying", "retrying", "retrying"]);
    expect(await stage.outcomeOf(stage.courseIds[0]!)).toMatchObject({ rosterRunId: partly.runId });
    expect(await stage.outcomeOf(stage.courseIds[1]!)).toMatchObject({ rosterRunId: null });
    await transaction(database.db, (tx) => cancelRun(tx, waiting.runId, "Kim Park"));
    expect(await stage.reasons()).toEqual(["healthy", null, null]);
  });

  test("and not that of a preview, nor of what applies one", async () => {
    const preview = await stage.begun({ courseId: stage.courseIds[0], isPreview: true });
    await stage.endPart(preview.runId, stage.courseIds[0]!, { state: "succeeded" });
    await endAttemptAs(database.db, preview, { state: "succeeded" });
    const applied = await stage.begun({ courseId: stage.courseIds[0], appliesId: preview.runId });
    await stage.endPart(applied.runId, stage.courseIds[0]!, GONE);
    await endAttemptAs(database.db, applied, { state: "failed", ...REFUSED });
    const unread = await stage.begun({ courseId: stage.courseIds[1], isPreview: true });
    await endAttemptAs(database.db, unread, { state: "failed", ...REFUSED });
    expect(await stage.reasons()).toEqual([null, null, null]);
  });

  test("although an earlier run ends after it", async () => {
    const earlier = await stage.begun();
    const later = await stage.begun({ courseId: stage.courseIds[0] });
    await stage.endPart(later.runId, stage.courseIds[0]!, { state: "succeeded" });
    await endAttemptAs(database.db, later, { state: "succeeded" });
    await stage.endPart(earlier.runId, stage.courseIds[0]!, GONE);
    await endAttemptAs(database.db, earlier, { state: "failed", ...REFUSED });
    expect(await stage.reasons()).toEqual(["healthy", "roster_failed", "roster_failed"]);
  });

  test("through a retry of what failed", async () => {
    const run = await stage.begun();
    await stage.endPart(run.runId, stage.courseIds[0]!, { state: "succeeded" });
    await stage.endPart(run.runId, stage.courseIds[1]!, GONE);
    await endAttemptAs(database.db, run, { ...GONE, state: "partly_succeeded" });
    const retry = await stage.begun({ retryOfId: run.runId });
    await stage.endPart(retry.runId, stage.courseIds[1]!, { state: "succeeded" });
    await stage.endPart(retry.runId, stage.courseIds[2]!, GONE);
    await endAttemptAs(database.db, retry, { ...GONE, state: "partly_succeeded" });
    expect(await stage.reasons()).toEqual(["healthy", "healthy", "roster_failed"]);
    expect(await stage.outcomeOf(stage.courseIds[0]!)).toMatchObject({ rosterRunId: run.runId });
  });

  test("of the worker that took the run over, not of the one that lost it", async () => {
    const { db } = database;
    const lost = await stage.begun();
    await startRunCourse(db, lost, stage.courseIds[0]!);
    const taken = (await claimRun(db, lost.runId))!;
    const end = { state: "failed", ...REFUSED } as const;
    await expect(endAttemptAs(db, lost, end)).rejects.toBeInstanceOf(LeaseLost);
    expect(await stage.reasons()).toEqual([null, null, null]);
    await startRunCourse(db, taken, stage.courseIds[0]!);
    for (const courseId of stage.courseIds)
      await stage.endPart(taken.runId, courseId, { state: "succeeded" });
    await endAttemptAs(db, taken, { state: "succeeded" });
    expect(await stage.reasons()).toEqual(["healthy", "healthy", "healthy"]);
  });
});

describe("a course whose removals are held", () => {
  test.each(["approved", "discarded"] as const)("is healthy once they are %s", async (state) => {
    const { db } = database;
    const hold = await stage.heldIn(stage.courseIds[0]!);
    expect(await stage.reasons()).toEqual(["roster_held", null, null]);
    await transaction(db, (tx) =>
      closeHold(tx, hold, { state, decidedBy: "Kim Park", removed: 0 }),
    );
    expect(await stage.reasons()).toEqual(["healthy", null, null]);
  });

  test("is healthy once the run is cancelled", async () => {
    const { db } = database;
    const { runId } = await stage.heldIn(stage.courseIds[0]!);
    await cancelRun(db, runId, "Kim Park");
    expect(await stage.reasons()).toEqual(["healthy", null, null]);
  });

  test("tells of the later sync that superseded them, also where that fails after", async () => {
    const { db } = database;
    const hold = await stage.heldIn(stage.courseIds[0]!);
    const later = await stage.begun({ courseId: stage.courseIds[0] });
    await supersedeHolds(db, { runId: later.runId, courseId: stage.courseIds[0]! });
    await endHeldRun(db, hold.runId);
    expect(await stage.outcomeOf(stage.courseIds[0]!)).toMatchObject({ rosterRunId: hold.runId });
    await stage.endPart(later.runId, stage.courseIds[0]!, GONE);
    expect(await stage.reasons()).toEqual(["roster_failed", null, null]);
  });

  test("is told by a later sync, whatever is decided about the earlier one's removals", async () => {
    const hold = await stage.heldIn(stage.courseIds[0]!);
    const later = await stage.begun({ courseId: stage.courseIds[0] });
    await stage.endPart(later.runId, stage.courseIds[0]!, GONE);
    const decision = { state: "approved", decidedBy: "Kim Park", removed: 0 } as const;
    await closeHold(database.db, hold, decision);
    expect(await stage.reasons()).toEqual(["roster_failed", null, null]);
  });
});
