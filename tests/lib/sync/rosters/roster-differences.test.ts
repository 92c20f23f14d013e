import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CourseStart } from "#lib/db/runs/course-start.ts";
import { mayReadDifferences, WALK_EVERY_SYNCS } from "#lib/sync/rosters/preview/differences.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import type { PlatformClient } from "#tests/support/platform/index.ts";
import { listedOn, membersOf, oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));
beforeEach(() => platform.behave({}));

async function syncedCourse(members = 40) {
  const made = await oneCourse(installation, platform, { members, instructors: 2 });
  await syncRosterOf(installation, made);
  await platform.resetCounts();
  return { ...made, people: await listedOn(platform, made.contextId) };
}

async function asked(contextId: string): Promise<string[]> {
  const requests = await platform.requests({ contextId });
  return requests.map(({ path, query }) => `${path.replace(/^.*\/memberships/, "")}?${query}`);
}

async function fallbackOf(runId: string) {
  return installation.db.prisma.runEvent.findFirst({
    where: { runId, kind: "course.differences_dropped" },
  });
}

describe("a sync by differences [NRPS 2.0 §2.4.3]", () => {
  test("calls the stored link as it is, and writes who is new, changed and deleted", async () => {
    const made = await syncedCourse();
    const { contextId, people, course } = made;
    await platform.changeRoster({
      contextId,
      add: [{ userId: "fresh" }],
      update: [{ userId: people[5]!, name: "Nora New" }],
      remove: people.slice(-2),
    });

    const run = await syncRosterOf(installation, made);

    expect(run).toMatchObject({ state: "succeeded", membersAdded: 1, membersChanged: 1 });
    expect(run).toMatchObject({ membersRemoved: 2, membersSeen: 2 });
    expect(await asked(contextId)).toEqual(["/differences?since=0"]);
    expect(await membersOf(installation, course.id)).toEqual(
      [...people.slice(0, -2), "fresh"].toSorted(),
    );
    const after = await installation.db.prisma.course.findUniqueOrThrow({
      where: { id: course.id },
    });
    expect(after).toMatchObject({ differencesRead: 1 });
    expect(after.differencesUrl).toContain("since=4");
    await syncRosterOf(installation, made);
    expect((await asked(contextId)).at(-1)).toBe("/differences?since=4");
  });

  test("holds removals by the same rule, and walks the whole roster while they wait", async () => {
    const made = await syncedCourse();
    const { contextId, people } = made;
    await platform.changeRoster({ contextId, remove: people.slice(-8) });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
    expect(await membersOf(installation, made.course.id)).toHaveLength(40);
    await syncRosterOf(installation, made);
    expect((await asked(contextId)).at(-1)).not.toContain("differences");
  });

  test.each<[string, Parameters<PlatformClient["misbehave"]>[0]]>([
    ["is refused", { kind: "not_found", times: 1 }],
    ["is malformed", { kind: "container_defect", defect: "no_members", times: 1 }],
    ["cannot be read to its end", { kind: "link_dialect", as: "loop", times: 1 }],
    [
      "holds a member that cannot be read",
      { kind: "member_defect", defect: "no_roles", position: 0, times: 1 },
    ],
  ])("walks the whole roster when the answer %s, and says so", async (_what, fault) => {
    const made = await syncedCourse();
    const { contextId, people } = made;
    await platform.changeRoster({ contextId, remove: [people.at(-1)!], add: [{ userId: "x" }] });
    await platform.misbehave({ ...fault, contextId });

    const run = await syncRosterOf(installation, made);

    expect(run).toMatchObject({ state: "succeeded", membersRemoved: 1 });
    expect((await fallbackOf(run.id))?.message).toContain("the whole roster is read instead");
    expect(await membersOf(installation, made.course.id)).toEqual(
      [...people.slice(0, -1), "x"].toSorted(),
    );
  });

  test("never leaves the origin of the roster", async () => {
    const made = await syncedCourse();
    await installation.db.prisma.course.update({
      where: { id: made.course.id },
      data: { differencesUrl: "https://elsewhere.example.org/differences" },
    });
    const run = await syncRosterOf(installation, made);
    expect(run.state).toBe("succeeded");
    expect(await fallbackOf(run.id)).not.toBeNull();
  });
});

describe("mayReadDifferences", () => {
  const startedAt = new Date("2026-11-25T12:00:00Z");
  const course: CourseStart = {
    startedAt,
    membersBefore: 10,
    missingBefore: 0,
    rosterSyncedAt: startedAt,
    rosterWalkedAt: new Date("2026-11-24T12:00:00Z"),
    differencesRead: 3,
    differencesUrl: "https://lms.example.edu/differences",
    dropsAllowedUntil: null,
    hasOpenHold: false,
  };

  test.each<[string, Partial<CourseStart>, boolean]>([
    ["after a whole walk", {}, true],
    ["not without a link", { differencesUrl: null }, false],
    ["not before the first walk", { rosterWalkedAt: null }, false],
    ["not while removals wait", { hasOpenHold: true }, false],
    ["not after many in a row", { differencesRead: WALK_EVERY_SYNCS }, false],
    ["not a week after the walk", { rosterWalkedAt: new Date("2026-11-18T12:00:00Z") }, false],
  ])("%s", (_when, given, isAllowed) => {
    expect(mayReadDifferences({ ...course, ...given })).toBe(isAllowed);
  });
});
