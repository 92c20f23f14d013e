import { afterEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { restoreMember } from "#lib/operations/rosters/members.ts";
import { applyPreview, discardPreview, getPreview } from "#lib/operations/rosters/previews.ts";
import { listRunRosterChanges } from "#lib/operations/rosters/changes.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import {
  changesOf,
  listedOn,
  membersOf,
  oneCourse,
  settled,
  syncRosterOf,
  type StoredCourse,
} from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator: caller } = useInstallation();
afterEach(() => expectOutcomesKept(installation.db));

async function preview({ course }: StoredCourse) {
  const { run } = await startRun(caller, {
    kind: "roster_sync",
    courseId: course.id,
    isPreview: true,
  });
  return settled(installation, run.id);
}

async function rowsOf(courseId: string) {
  return installation.db.prisma.membership.findMany({
    where: { courseId },
    orderBy: { userId: "asc" },
    omit: { firstSeenAt: true, changedAt: true, removedAt: true, lastSeenAt: true },
  });
}

/** A synced course in which one is new, one has another address, and eight are gone. */
async function changedCourse() {
  const made = await oneCourse(installation, platform, { members: 40 });
  await syncRosterOf(installation, made);
  const people = await listedOn(platform, made.contextId);
  await platform.changeRoster({
    contextId: made.contextId,
    add: [{ userId: "fresh", name: "Fay Fresh", email: "fay@example.edu" }],
    update: [{ userId: people[3]!, email: "new@example.edu" }],
    remove: people.slice(-8),
  });
  return { ...made, people };
}

describe("a preview", () => {
  test("lists what a sync would change and writes no member", async () => {
    const made = await changedCourse();
    const before = await rowsOf(made.course.id);

    const run = await preview(made);

    expect(run).toMatchObject({ state: "succeeded", isPreview: true });
    expect(await rowsOf(made.course.id)).toEqual(before);
    expect(await getPreview(caller, { runId: run.id })).toMatchObject({
      state: "open",
      found: { added: 1, changed: 1, removed: 8, restored: 0 },
      same: 31,
    });
    const { items } = await listRunRosterChanges(caller, { runId: run.id, kind: "changed" });
    expect(items[0]!.fields).toEqual([
      { field: "email", from: expect.stringContaining("@"), to: "new@example.edu" },
    ]);
    expect(await installation.db.prisma.hold.count({ where: { courseId: made.course.id } })).toBe(
      0,
    );
  });

  test("is applied exactly, without asking the platform again, and without a hold", async () => {
    const made = await changedCourse();
    const previewed = await preview(made);
    await platform.changeRoster({ contextId: made.contextId, add: [{ userId: "too-late" }] });
    const asked = (await platform.requests({ contextId: made.contextId })).length;

    const { run } = await applyPreview(caller, { runId: previewed.id, withoutRemovals: false });

    const ended = await settled(installation, run.id);
    expect(ended).toMatchObject({ state: "succeeded", appliesId: previewed.id });
    expect(ended).toMatchObject({ membersAdded: 1, membersChanged: 1, membersRemoved: 8 });
    expect(await platform.requests({ contextId: made.contextId })).toHaveLength(asked);
    expect(await membersOf(installation, made.course.id)).toEqual(
      [...made.people.slice(0, -8), "fresh"].toSorted(),
    );
    const changed = await installation.db.prisma.membership.findFirstOrThrow({
      where: { courseId: made.course.id, userId: made.people[3]! },
    });
    expect(changed.email).toBe("new@example.edu");
    expect(await changesOf(installation, run.id)).toHaveLength(10);
    expect(await getPreview(caller, { runId: previewed.id })).toMatchObject({
      state: "applied",
      appliedBy: [run.id],
    });
    await expect(
      applyPreview(caller, { runId: previewed.id, withoutRemovals: false }),
    ).rejects.toThrow("applied before");
  });

  test("makes what a sync would have made, of a first roster too", async () => {
    const registered = await oneCourse(installation, platform, { members: 25 });
    const previewed = await preview(registered);
    expect(previewed).toMatchObject({ membersAdded: 25 });
    expect(await rowsOf(registered.course.id)).toEqual([]);
    const { run } = await applyPreview(caller, { runId: previewed.id, withoutRemovals: false });
    expect(await settled(installation, run.id)).toMatchObject({ membersAdded: 25 });
    const applied = await rowsOf(registered.course.id);
    expect(await syncRosterOf(installation, registered)).toMatchObject({
      state: "succeeded",
      membersAdded: 0,
      membersChanged: 0,
      membersRemoved: 0,
    });
    expect(await rowsOf(registered.course.id)).toEqual(applied);
  });

  test("is applied without its removals when that is asked for", async () => {
    const made = await changedCourse();
    const previewed = await preview(made);
    const { run } = await applyPreview(caller, { runId: previewed.id, withoutRemovals: true });
    expect(await settled(installation, run.id)).toMatchObject({
      membersAdded: 1,
      membersRemoved: 0,
    });
    expect(await membersOf(installation, made.course.id)).toEqual(
      [...made.people, "fresh"].toSorted(),
    );
  });

  test("is refused when the stored roster has moved since", async () => {
    const made = await changedCourse();
    const previewed = await preview(made);
    await syncRosterOf(installation, made);
    const before = await rowsOf(made.course.id);
    await expect(
      applyPreview(caller, { runId: previewed.id, withoutRemovals: false }),
    ).rejects.toThrow("the roster changed since this preview");
    expect(await rowsOf(made.course.id)).toEqual(before);
    expect(await getPreview(caller, { runId: previewed.id })).toMatchObject({ state: "moved" });
  });

  test("is refused by the run itself when the roster moves after it was asked for", async () => {
    const made = await oneCourse(installation, platform, { members: 20 });
    await syncRosterOf(installation, made);
    const people = await listedOn(platform, made.contextId);
    await platform.changeRoster({ contextId: made.contextId, remove: [people.at(-1)!] });
    await syncRosterOf(installation, made);
    await platform.changeRoster({ contextId: made.contextId, remove: [people.at(-2)!] });
    const previewed = await preview(made);
    const run = await transaction(installation.db, async (tx) => {
      const { registrationId, course } = made;
      const enqueued = await installation.engine.enqueueRun(tx, {
        kind: "roster_sync",
        registrationId,
        courseId: course.id,
        appliesId: previewed.id,
        trigger: "operator",
        startedBy: "Ada Operator",
      });
      await tx.prisma.membership.updateMany({
        where: { courseId: course.id, userId: people[0]! },
        data: { name: "Somebody Else", changedAt: new Date() },
      });
      return enqueued.run;
    });
    expect(await settled(installation, run.id)).toMatchObject({
      state: "failed",
      errorCode: "sync.roster_moved",
    });
    expect(await membersOf(installation, made.course.id)).toContain(people.at(-2));
    await restoreMember(caller, { courseId: made.course.id, userId: people.at(-1)! });
  });

  test("is discarded", async () => {
    const made = await changedCourse();
    const previewed = await preview(made);
    expect(await discardPreview(caller, { runId: previewed.id })).toMatchObject({
      state: "discarded",
    });
    await expect(
      applyPreview(caller, { runId: previewed.id, withoutRemovals: false }),
    ).rejects.toThrow("was discarded");
  });
});
