import { expect, test } from "vitest";
import { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();

/** A course of six pages. */
async function pagedCourse() {
  const { id, clientId } = await register(installation, platform);
  const registration = await installation.db.prisma.registration.update({
    where: { id },
    data: { profileOverrides: { pageLimit: 10 } },
  });
  const { course } = await addCourse(installation, platform, registration, { members: 60 });
  return { course, id, clientId };
}

async function sync({ course, id }: Awaited<ReturnType<typeof pagedCourse>>) {
  const target = { registrationId: id, courseId: course.id };
  const { id: runId } = await startRun(installation, "roster_sync", target);
  return finished(installation, runId);
}

const ALL = { state: "succeeded", attempt: 1, membersSeen: 60, membersAdded: 60 };

test("a throttled walk over a roster goes on with the page it was at", async () => {
  const made = await pagedCourse();
  const { clientId } = made;
  const throttle = { kind: "rate_limited", route: "memberships", clientId } as const;
  await platform.misbehave({ ...throttle, from: 4, times: 1, retryAfterSec: 1 });
  expect(await sync(made)).toMatchObject(ALL);
  const requests = await platform.requests({ clientId, route: "memberships" });
  expect(requests.filter(({ status }) => status === 429)).toHaveLength(1);
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(6);
});

test("a page that is not answered is asked for again, and the walk goes on with it", async () => {
  const made = await pagedCourse();
  const { clientId } = made;
  const fault = { kind: "error_page", status: 502, route: "memberships", clientId } as const;
  await platform.misbehave({ ...fault, from: 4, times: 2 });
  expect(await sync(made)).toMatchObject(ALL);
  const requests = await platform.requests({ clientId, route: "memberships" });
  expect(requests.map(({ status }) => status)).toEqual([200, 200, 200, 502, 502, 200, 200, 200]);
});

test("a page that stays unanswered is given up after a few times, and the course for now", async () => {
  const made = await pagedCourse();
  const { clientId } = made;
  const fault = { kind: "error_page", status: 502, route: "memberships", clientId } as const;
  await platform.misbehave({ ...fault, from: 4, times: 4 });
  expect(await sync(made)).toMatchObject({ ...ALL, attempt: 1 });
  const requests = await platform.requests({ clientId, route: "memberships" });
  expect(requests.filter(({ status }) => status === 502)).toHaveLength(4);
  expect(requests.filter(({ status }) => status === 200)).toHaveLength(9);
});

/** A handle on a run of its own, and waits of it by a clock that moves on ten seconds a look. */
async function waitingHandle() {
  const made = await pagedCourse();
  const { id: runId } = await startRun(installation, "roster_sync", { registrationId: made.id });
  await finished(installation, runId);
  await installation.db.prisma.run.update({
    where: { id: runId },
    data: { state: "running", finishedAt: null },
  });
  const run = await installation.db.prisma.run.findUniqueOrThrow({ where: { id: runId } });
  const fence = { signal: new AbortController().signal, check: () => undefined };
  const handle = new RunHandle(
    installation.db,
    { ...run, runId },
    new AbortController().signal,
    fence,
  );
  let nowMs = Date.now();
  const now = () => new Date((nowMs += 10_000));
  const inHalfAMinute = () => new Date(nowMs + 30_000);
  const waitOnce = () => handle.waitUntil(inHalfAMinute(), "slow down", now);
  return { handle, waitOnce, inHalfAMinute, now };
}

test("a run that waits again and again without an answer gives its worker back", async () => {
  const { handle, waitOnce, inHalfAMinute, now } = await waitingHandle();
  await waitOnce();
  await waitOnce();
  handle.noteAnswer();
  for (let waits = 0; waits < 3; waits++) await waitOnce();
  const until = inHalfAMinute();
  await expect(handle.waitUntil(until, "slow down", now)).rejects.toMatchObject({
    code: "sync.platform_cooling_down",
    retryAt: until,
  });
});

test("courses read side by side that wait at once have waited once", async () => {
  const { handle, waitOnce, inHalfAMinute, now } = await waitingHandle();
  const until = inHalfAMinute();
  const waits = Array.from({ length: 4 }, () => handle.waitUntil(until, "slow down", now));
  await expect(Promise.all(waits)).resolves.toHaveLength(4);
  await waitOnce();
});
