import { expect, test } from "vitest";
import { approveHold, listHolds } from "#lib/operations/holds/holds.ts";
import { restoreMember } from "#lib/operations/rosters/members.ts";
import { applyPreview } from "#lib/operations/rosters/previews.ts";
import { restoreRemovals } from "#lib/operations/rosters/removals.ts";
import { getRun, startRun } from "#lib/operations/runs/runs.ts";
import {
  listedOn,
  membersOf,
  oneCourse,
  settled,
  syncRosterOf,
  type StoredCourse,
} from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator: caller } = useInstallation();

/** A course that was synced once, whose last people then left the platform. */
async function courseThatLoses(lost: number) {
  const made = await oneCourse(installation, platform, { members: 40, instructors: 2 });
  await syncRosterOf(installation, made);
  const people = await listedOn(platform, made.contextId);
  await platform.misbehave({ kind: "no_differences", contextId: made.contextId });
  await installation.db.prisma.course.update({
    where: { id: made.course.id },
    data: { differencesUrl: null },
  });
  await platform.changeRoster({ contextId: made.contextId, remove: people.slice(-lost) });
  return { ...made, people };
}

const restorableOf = async (runId: string) => (await getRun(caller, { runId })).restorable;
const countOf = async ({ course }: StoredCourse) =>
  (await installation.db.prisma.course.findUniqueOrThrow({ where: { id: course.id } }))
    .rosterMemberCount;

test("everybody whom an applied preview removed is taken back at once, and nobody twice", async () => {
  const made = await courseThatLoses(8);
  const start = { kind: "roster_sync", courseId: made.course.id, isPreview: true } as const;
  const preview = await settled(installation, (await startRun(caller, start)).run.id);
  expect(await restorableOf(preview.id)).toBe(0);
  const { run } = await applyPreview(caller, { runId: preview.id, withoutRemovals: false });
  await settled(installation, run.id);
  expect(await membersOf(installation, made.course.id)).toHaveLength(32);
  expect(await restorableOf(run.id)).toBe(8);

  expect(await restoreRemovals(caller, { runId: run.id })).toEqual({ restored: 8, courses: 1 });

  expect(await membersOf(installation, made.course.id)).toEqual(made.people.toSorted());
  expect(await countOf(made)).toBe(40);
  expect(await restorableOf(run.id)).toBe(0);
  await expect(restoreRemovals(caller, { runId: run.id })).rejects.toThrow("nobody is left");
});

test("so are those whose removal was held and approved", async () => {
  const made = await courseThatLoses(8);
  const run = await syncRosterOf(installation, made);
  await expect(restoreRemovals(caller, { runId: run.id })).rejects.toThrow("nobody is left");
  const { items } = await listHolds(caller, { courseId: made.course.id });
  await approveHold(caller, { holdId: items[0]!.id });

  expect(await restorableOf(run.id)).toBe(8);
  expect(await restoreRemovals(caller, { runId: run.id })).toEqual({ restored: 8, courses: 1 });
  expect(await membersOf(installation, made.course.id)).toEqual(made.people.toSorted());
});

test("who came back and was removed by a later run is that one's to restore", async () => {
  const made = await courseThatLoses(4);
  const first = await syncRosterOf(installation, made);
  const userId = made.people.at(-1)!;
  await restoreMember(caller, { courseId: made.course.id, userId });
  const second = await syncRosterOf(installation, made);

  expect([await restorableOf(first.id), await restorableOf(second.id)]).toEqual([3, 1]);
  expect(await restoreRemovals(caller, { runId: first.id })).toMatchObject({ restored: 3 });
  expect(await membersOf(installation, made.course.id)).not.toContain(userId);
});
