import { beforeEach, expect, test } from "vitest";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
beforeEach(async () => {
  await platform.behave({});
  await platform.setLatency({ latencyMs: { memberships: 150 } });
});

/** Two courses, the first of six pages. */
async function twoCourses({ concurrency = 8 } = {}) {
  const { id, clientId } = await register(installation, platform);
  const registration = await installation.db.prisma.registration.update({
    where: { id },
    data: { profileOverrides: { pageLimit: 10, scoreConcurrency: concurrency } },
  });
  const long = await addCourse(installation, platform, registration, {
    title: "Long",
    members: 60,
  });
  await addCourse(installation, platform, registration, { title: "Short", members: 5 });
  return { registrationId: id, clientId, long: long.course };
}

async function begunPages(clientId: string, count: number): Promise<void> {
  for (;;) {
    const requests = await platform.requests({ clientId, route: "memberships" });
    if (requests.length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function waits(runId: string): Promise<string[]> {
  const events = await installation.db.prisma.runEvent.findMany({
    where: { runId, kind: "run.waiting" },
  });
  return events.map(({ message }) => message);
}

const WAIT = "another sync is reading the roster of Long; this one goes on after it";

test.each([8, 1])(
  "two syncs never walk one roster at once: the later reads its other courses, waits and says why (%i calls at once)",
  async (concurrency) => {
    const { registrationId, clientId, long } = await twoCourses({ concurrency });
    const one = await startRun(installation, "roster_sync", { registrationId, courseId: long.id });
    await begunPages(clientId, 2);
    const all = await startRun(installation, "roster_sync", { registrationId });
    expect(await finished(installation, one.id)).toMatchObject({
      state: "succeeded",
      membersAdded: 60,
    });
    expect(await finished(installation, all.id)).toMatchObject({
      state: "succeeded",
      done: 2,
      membersSeen: 5,
      membersAdded: 5,
      membersRemoved: 0,
    });
    expect(await waits(one.id)).toEqual([]);
    if (concurrency > 1) expect(await waits(all.id)).toEqual([WAIT]);
    // One walk over six pages, the short course, and then what has changed in the long one since.
    const requests = await platform.requests({ clientId });
    const routes = requests.map(({ route }) => route).filter((route) => route !== "token");
    expect(routes).toEqual([...Array.from({ length: 7 }, () => "memberships"), "differences"]);
  },
);

test("a sync that waits for another's walk can be cancelled", async () => {
  const { registrationId, clientId, long } = await twoCourses();
  await platform.setLatency({ latencyMs: { memberships: 1_000 } });
  const all = await startRun(installation, "roster_sync", { registrationId });
  await begunPages(clientId, 2);
  const one = await startRun(installation, "roster_sync", { registrationId, courseId: long.id });
  while ((await waits(one.id)).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 20));
  await installation.db.prisma.run.update({
    where: { id: one.id },
    data: { cancelRequestedAt: new Date() },
  });
  expect(await finished(installation, one.id)).toMatchObject({ state: "cancelled" });
  expect(await finished(installation, all.id)).toMatchObject({ state: "succeeded", done: 2 });
});
