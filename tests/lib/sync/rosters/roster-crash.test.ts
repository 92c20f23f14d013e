import { afterEach, describe, expect, test } from "vitest";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { finished, startRun } from "#tests/support/installation.ts";
import { changesOf, listedOn, membersOf, oneCourse } from "#tests/support/rosters.ts";
import { startWorkerProcess } from "#tests/support/worker-processes.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({ isWorker: false });
afterEach(() => expectOutcomesKept(installation.db));

describe("a worker killed in the middle of a roster", () => {
  test("removes nobody who is there, and its heir finds the same changes", async () => {
    const made = await oneCourse(installation, platform, { members: 3_000 });
    const { contextId, course, registrationId } = made;
    const target = { registrationId, courseId: course.id };
    await platform.misbehave({ kind: "no_differences", contextId });
    const first = await startWorkerProcess(installation.database);
    await finished(installation, (await startRun(installation, "roster_sync", target)).id);
    const people = await listedOn(platform, contextId);
    const gone = people.slice(-3);
    await platform.changeRoster({
      contextId,
      remove: gone,
      add: [{ userId: "fresh" }],
      update: [{ userId: people[2]!, name: "Nora New" }],
    });
    await platform.misbehave({ kind: "delay", ms: 150, route: "memberships", contextId });
    await platform.resetCounts();

    const { id } = await startRun(installation, "roster_sync", target);
    await until(async () => (await pagesOf(id)) > 4);
    await first.kill();
    const between = await membersOf(installation, course.id);
    const heir = await startWorkerProcess(installation.database);
    const run = await finished(installation, id);
    await heir.terminate();

    expect(between).toEqual(expect.arrayContaining(people));
    expect(run).toMatchObject({ state: "succeeded", membersRemoved: 3, membersChanged: 1 });
    expect(run).toMatchObject({ membersSeen: 2_998, membersAdded: 1 });
    expect(await membersOf(installation, course.id)).toEqual(
      [...people.slice(0, -3), "fresh"].toSorted(),
    );
    const changes = await changesOf(installation, id);
    expect(changes.map(({ kind, userId }) => `${kind} ${userId}`).toSorted()).toEqual(
      [
        `changed ${people[2]}`,
        "added fresh",
        ...gone.map((userId) => `removed ${userId}`),
      ].toSorted(),
    );
  }, 120_000);
});

async function pagesOf(runId: string): Promise<number> {
  const part = await installation.db.prisma.runCourse.findFirst({ where: { runId } });
  return part?.pages ?? 0;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20));
}
