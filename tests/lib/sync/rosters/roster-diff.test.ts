import { describe, expect, test } from "vitest";
import { changesOf, listedOn, membersOf, oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation();

/** A course whose whole roster every sync walks. */
async function walkedCourse(members: number) {
  const made = await oneCourse(installation, platform, { members });
  await platform.misbehave({ kind: "no_differences", contextId: made.contextId });
  return made;
}

describe("the changes of a roster sync", () => {
  test("of a first roster are counted, not listed one by one", async () => {
    const made = await walkedCourse(30);
    const run = await syncRosterOf(installation, made);
    expect(run).toMatchObject({ state: "succeeded", membersSeen: 30, membersAdded: 30 });
    expect(await changesOf(installation, run.id)).toEqual([]);
  });

  test("are none where nothing changed", async () => {
    const made = await walkedCourse(30);
    await syncRosterOf(installation, made);
    const run = await syncRosterOf(installation, made);
    expect(run).toMatchObject({ state: "succeeded", membersAdded: 0, membersChanged: 0 });
    expect(await changesOf(installation, run.id)).toEqual([]);
  });

  test("list who was added, changed field by field, removed, and restored", async () => {
    const made = await walkedCourse(30);
    const { contextId } = made;
    await syncRosterOf(installation, made);
    const people = await platform.rosterOf({ contextId });
    const [changed, removed] = [people[4]!, people[9]!];
    await platform.changeRoster({
      contextId,
      add: [{ userId: "new-1", roles: ["Learner"], name: "Nele New" }],
      update: [{ userId: changed.userId, email: "other@example.edu", roles: ["Mentor"] }],
      remove: [removed.userId],
    });

    const run = await syncRosterOf(installation, made);

    expect(run).toMatchObject({ membersAdded: 1, membersChanged: 1, membersRemoved: 1 });
    const changes = await changesOf(installation, run.id);
    expect(new Map(changes.map((change) => [change.userId, change]))).toEqual(
      new Map([
        [
          changed.userId,
          {
            userId: changed.userId,
            kind: "changed",
            state: "applied",
            fields: {
              email: { from: changed.email ?? null, to: "other@example.edu" },
              roles: {
                from: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
                to: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Mentor"],
              },
            },
          },
        ],
        [
          "new-1",
          {
            userId: "new-1",
            kind: "added",
            state: "applied",
            fields: {
              name: { to: "Nele New" },
              status: { to: "active" },
              roles: { to: ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"] },
            },
          },
        ],
        [removed.userId, { userId: removed.userId, kind: "removed", state: "applied", fields: {} }],
      ]),
    );

    const before = await installation.db.prisma.membership.findFirstOrThrow({
      where: { courseId: made.course.id, userId: removed.userId },
    });
    expect(before.removedAt).not.toBeNull();
    expect(before.lastSeenAt).not.toBeNull();
    await platform.changeRoster({ contextId, add: [{ userId: removed.userId, name: "Back" }] });
    const again = await syncRosterOf(installation, made);
    expect(again).toMatchObject({ membersAdded: 1, membersRemoved: 0 });
    expect(await changesOf(installation, again.id)).toMatchObject([
      { userId: removed.userId, kind: "restored", fields: { name: { to: "Back" } } },
    ]);
    const after = await installation.db.prisma.membership.findFirstOrThrow({
      where: { courseId: made.course.id, userId: removed.userId },
    });
    expect(after).toMatchObject({ removedAt: null, lastSeenAt: null });
    expect(after.firstSeenAt).toEqual(before.firstSeenAt);
    expect(installation.errors).toEqual([]);
  });

  test("consider no removals where a page loops", async () => {
    const made = await walkedCourse(300);
    await syncRosterOf(installation, made);
    const [gone] = (await listedOn(platform, made.contextId)).slice(-1);
    await platform.changeRoster({ contextId: made.contextId, remove: [gone!] });
    await platform.misbehave({ kind: "link_dialect", as: "loop", contextId: made.contextId });

    const run = await syncRosterOf(installation, made);

    expect(run).toMatchObject({ state: "failed", errorCode: "sync.roster_incomplete" });
    expect(run.errorMessage).toContain("nobody was removed");
    expect(await membersOf(installation, made.course.id)).toContain(gone);
  });

  test("keep a member whom paging over a shrinking list skipped", async () => {
    const made = await walkedCourse(600);
    const { contextId, course } = made;
    await syncRosterOf(installation, made);
    await platform.misbehave({ kind: "offset_paging", contextId });
    await platform.misbehave({ kind: "delay", ms: 300, route: "memberships", contextId, from: 2 });
    const people = await listedOn(platform, contextId);
    const syncing = syncRosterOf(installation, made);
    await until(
      async () => (await platform.requests({ contextId, route: "memberships" })).length > 3,
    );
    await platform.changeRoster({ contextId, remove: [people[10]!] });
    expect((await syncing).state).toBe("succeeded");
    // Who left after the page that listed them goes with the next sync.
    expect(await membersOf(installation, course.id)).toEqual(people.toSorted());
    await platform.behave({});
    await syncRosterOf(installation, made);
    const left = people.filter((_userId, index) => index !== 10);
    expect(await membersOf(installation, course.id)).toEqual(left.toSorted());
  });

  test("never remove for a member that came without a user ID", async () => {
    const made = await walkedCourse(20);
    const { contextId } = made;
    await syncRosterOf(installation, made);
    await platform.misbehave({
      kind: "member_defect",
      defect: "no_user_id",
      position: 3,
      contextId,
    });
    const run = await syncRosterOf(installation, made);
    expect(run).toMatchObject({ state: "failed", errorCode: "sync.roster_incomplete" });
    expect(await membersOf(installation, made.course.id)).toHaveLength(20);
  });
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
