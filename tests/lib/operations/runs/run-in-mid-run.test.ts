import { expect, test } from "vitest";
import { getRun } from "#lib/operations/runs/runs.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { gradedCourse, startGradeSync, until } from "#tests/support/grading.ts";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
const phasesOf = ({ phases }: RunDetail) => phases.map(({ phase }) => phase);

/** Reads a run over and over until it is over; what it was at each moment. */
async function watched(runId: string): Promise<RunDetail[]> {
  const seen: RunDetail[] = [];
  await until(async () => {
    seen.push(await getRun(operator, { runId }));
    return seen.at(-1)!.finishedAt !== null;
  });
  return seen;
}

test("a grade sync and its batches have sent and rejected the same at every moment", async () => {
  const made = await gradedCourse(installation, platform, { scores: 120 });
  const { clientId } = made.registration;
  await platform.misbehave({ kind: "delay", ms: 40, route: "scores", clientId });
  await platform.misbehave({ kind: "ungradable_user", userId: made.userIds[7] });
  const { id } = await startGradeSync(installation, made);
  const seen = await watched(id);
  for (const { batches, done, failed, skipped } of seen) {
    const ofBatches = {
      done: sum(batches.map(({ sent }) => sent)),
      failed: sum(batches.map(({ rejected }) => rejected)),
      skipped: sum(batches.map((batch) => batch.skipped)),
    };
    expect(ofBatches).toEqual({ done, failed, skipped });
  }
  const isHalfSent = ({ batches }: RunDetail) =>
    batches.some(({ state, sent, size }) => state === "running" && sent > 0 && sent < size);
  expect(seen.some(isHalfSent)).toBe(true);
  expect(seen.at(-1)).toMatchObject({ done: 119, failed: 1, state: "partly_succeeded" });
});

test("a roster sync and its courses have read, added and ended the same at every moment", async () => {
  const registration = await register(installation, platform);
  // Each ends when the others do not, so that the run is seen with some of them done.
  for (const [members, ms] of [
    [40, 100],
    [55, 900],
    [70, 2000],
  ] as const) {
    const { contextId } = await addCourse(installation, platform, registration, { members });
    await platform.misbehave({ kind: "delay", ms, contextId });
  }
  const { id } = await startRun(installation, "roster_sync", { registrationId: registration.id });
  const seen = await watched(id);
  for (const { courses, members, done, failed } of seen) {
    expect(sum(courses.map((course) => course.members.seen))).toBe(members.seen);
    expect(sum(courses.map((course) => course.members.added))).toBe(members.added);
    const ended = (state: string) => courses.filter((course) => course.state === state).length;
    expect({ done: ended("succeeded"), failed: ended("failed") }).toEqual({ done, failed });
  }
  expect(seen.some(({ done, total }) => total !== null && done > 0 && done < total)).toBe(true);
});

test("each kind of run has phases of its own, with a beginning and an end", async () => {
  const made = await gradedCourse(installation, platform, { scores: 12 });
  const target = { registrationId: made.registration.id, courseId: made.course.id };
  const roster = await startRun(installation, "roster_sync", target);
  await finished(installation, roster.id);
  const grades = await startGradeSync(installation, made);
  await finished(installation, grades.id);
  const verify = await startRun(installation, "verify", target);
  await finished(installation, verify.id);
  const [read, sent, verified] = [
    await getRun(operator, { runId: roster.id }),
    await getRun(operator, { runId: grades.id }),
    await getRun(operator, { runId: verify.id }),
  ];
  expect(phasesOf(read)).toEqual(["queued", "token", "fetch", "conclude"]);
  expect(phasesOf(sent)).toEqual(["queued", "token", "send"]);
  expect(phasesOf(verified)).toEqual(["queued", "token", "fetch"]);
  for (const { phases } of [read, sent, verified])
    for (const { startedAt, finishedAt } of phases) expect(finishedAt! >= startedAt).toBe(true);
  expect(verified.columns).toMatchObject([
    { lineItemId: made.lineItem.id, scores: 12, state: "succeeded" },
  ]);
  expect(read.tokens.map(({ cameAs }) => cameAs)).toEqual(["requested"]);
  expect(sent.tokens.map(({ cameAs }) => cameAs)).toEqual(["cached"]);
});

test("a rate limit is a wait of the run, with its reason and its end", async () => {
  const made = await gradedCourse(installation, platform, { scores: 12 });
  const { clientId } = made.registration;
  const limit = { kind: "rate_limited", route: "scores", retryAfterSec: 1 } as const;
  await platform.misbehave({ ...limit, clientId, from: 4, times: 1 });
  const { id } = await startGradeSync(installation, made);
  const { waits } = (await watched(id)).at(-1)!;
  expect(waits).toHaveLength(1);
  expect(waits[0]!.reason).toBe("the platform asked us to slow down");
  expect(Date.parse(waits[0]!.finishedAt!)).toBeGreaterThan(Date.parse(waits[0]!.startedAt));
});
