import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import type { LineItem } from "#lib/db/generated/client.ts";
import { claimRun } from "#lib/db/runs/lease.ts";
import { endAttemptAs } from "#tests/support/run-ends.ts";
import { releaseScores } from "#lib/db/scores/release.ts";
import { recordOutcomes } from "#lib/db/scores/outcomes.ts";
import { claimBatch, restampScores } from "#lib/db/scores/outbox.ts";
import { upsertWantedScores } from "#lib/db/scores/scores.ts";
import { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

/** Of a lease that stays as it is. */
const HELD = { signal: new AbortController().signal, check: () => undefined };

const { installation, platform } = useInstallation({ isWorker: false });
afterEach(() => expectOutcomesKept(installation.db));

/** A grade sync that a worker has begun: it has claimed its two scores and settled none. */
async function claimedScores() {
  const { db } = installation;
  const made = await gradedCourse(installation, platform, { scores: 2 });
  const { id } = await startGradeSync(installation, made);
  const run = (await claimRun(db, id))!;
  const lease = { ...run, courseId: made.course.id };
  const scores = await claimBatch(db, lease, { position: 0, limit: 50 });
  expect(scores).toHaveLength(2);
  return { ...made, db, run, scores };
}

const statesOf = async ({ id }: LineItem) => {
  const rows = await installation.db.prisma.score.findMany({ where: { lineItemId: id } });
  return rows.map(({ state }) => state);
};

describe("scores that a run has claimed", () => {
  test.each(["between two attempts", "while a worker holds it"])(
    "wait again, by the platform's own step later, when the run ends %s",
    async (when) => {
      const { db, run, registration, scores } = await claimedScores();
      const profileOverrides = { timestampStepMs: 60_000 };
      await db.prisma.registration.update({
        where: { id: registration.id },
        data: { profileOverrides },
      });
      if (when === "while a worker holds it") await releaseScores(db, run);
      else {
        await endAttemptAs(db, run, { state: "queued", notBefore: new Date(Date.now() + 60_000) });
        await transaction(db, (tx) => installation.engine.cancelRun(tx, run.runId, "Ada Operator"));
      }
      for (const { id, timestamp } of scores) {
        const released = await db.prisma.score.findUniqueOrThrow({ where: { id } });
        expect(released.state).toBe("pending");
        expect(released.timestamp.getTime()).toBeGreaterThanOrEqual(timestamp.getTime() + 60_000);
      }
    },
  );

  test("wait again when the run is cancelled between two attempts", async () => {
    const { db, run, scores, lineItem } = await claimedScores();
    await endAttemptAs(db, run, { state: "queued", notBefore: new Date(Date.now() + 60_000) });
    await transaction(db, (tx) => installation.engine.cancelRun(tx, run.runId, "Ada Operator"));
    expect(await statesOf(lineItem)).toEqual(["pending", "pending"]);
    for (const { id, timestamp } of scores) {
      const released = await db.prisma.score.findUniqueOrThrow({ where: { id } });
      expect(released.timestamp.getTime()).toBeGreaterThan(timestamp.getTime());
    }
  });

  test("get no later timestamp once a newer value is wanted, nor without the lease", async () => {
    const { db, run, scores, lineItem } = await claimedScores();
    const [first, second] = scores;
    const wanted = { ...first!, scoreGiven: 99.5 };
    const options = { lineItemId: lineItem.id, now: new Date(), stepMs: 1 };
    await transaction(db, (tx) => upsertWantedScores(tx, [wanted], options));
    const stamps = await restampScores(db, run, scores, 1);
    expect([...stamps.keys()]).toEqual([second!.id]);
    const lost = { ...run, lease: run.lease - 1 };
    expect((await restampScores(db, lost, scores, 1)).size).toBe(0);
  });

  test("count the run's attempts from one again when they are settled", async () => {
    const { db, run, scores } = await claimedScores();
    await db.prisma.run.update({ where: { id: run.runId }, data: { attempt: 9 } });
    const handle = new RunHandle(db, { ...run, attempt: 9 }, new AbortController().signal, HELD);
    const settlements = scores.map((score) => ({
      score,
      batch: 0,
      to: "sent" as const,
      outcome: "sent" as const,
      timestamp: score.timestamp,
    }));
    handle.note(await recordOutcomes(db, run, settlements, [], undefined));
    expect(handle.attempt).toBe(1);
  });

  test("leave no word in the run of whoever took it over", async () => {
    const { db, run } = await claimedScores();
    const handle = new RunHandle(db, run, new AbortController().signal, HELD);
    await handle.event({ kind: "run.started", message: "started", detail: { by: "a test" } });
    await claimRun(db, run.runId);
    const late = handle.event({ kind: "run.retrying", message: "too late" });
    await expect(late).rejects.toThrow(LeaseLost);
    const events = await db.prisma.runEvent.findMany({ where: { runId: run.runId } });
    expect(events.map(({ message }) => message).sort()).toEqual([
      "attempt 2: goes on where it was",
      "started",
      "started for Ada Operator",
    ]);
  });
});
