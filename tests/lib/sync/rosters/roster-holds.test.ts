import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { getBulk, startBulk } from "#lib/operations/bulk/bulk.ts";
import { createBulkPerformer } from "#lib/operations/bulk/performer.ts";
import type { BulkStart } from "#lib/operations/bulk/schema.ts";
import {
  approveHold,
  restoreHold,
  checkHoldAgain,
  discardHold,
  getHold,
  listHeldMembers,
  listHolds,
} from "#lib/operations/holds/holds.ts";
import { allowLargerDrops, holdLargerDrops } from "#lib/operations/courses/larger-drops.ts";
import { listMembers, restoreMember } from "#lib/operations/rosters/members.ts";
import { cancelRun } from "#lib/operations/runs/runs.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { addCourse, startRun } from "#tests/support/installation.ts";
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
beforeEach(() => platform.behave({}));

/** A course that was synced once, whose last people then left the platform. */
async function courseThatLoses(lost: number, members = 40) {
  const made = await oneCourse(installation, platform, { members, instructors: 2 });
  await syncRosterOf(installation, made);
  const people = await listedOn(platform, made.contextId);
  const gone = lost === 0 ? [] : people.slice(-lost);
  await platform.misbehave({ kind: "no_differences", contextId: made.contextId });
  await installation.db.prisma.course.update({
    where: { id: made.course.id },
    data: { differencesUrl: null },
  });
  await platform.changeRoster({ contextId: made.contextId, remove: gone });
  return { ...made, people, gone };
}

async function holdOf({ course }: StoredCourse) {
  const { items } = await listHolds(caller, { courseId: course.id });
  expect(items).toHaveLength(1);
  return items[0]!;
}

async function runCourseOf(runId: string, courseId: string) {
  return installation.db.prisma.runCourse.findUniqueOrThrow({
    where: { runId_courseId: { runId, courseId } },
  });
}

describe("removals of a roster sync", () => {
  test("go on where they are few", async () => {
    const made = await courseThatLoses(4);
    const run = await syncRosterOf(installation, made);
    expect(run).toMatchObject({ state: "succeeded", membersRemoved: 4 });
    expect((await listHolds(caller, { courseId: made.course.id })).items).toEqual([]);
  });

  test("are held when they are many, while adds and updates go on", async () => {
    const made = await courseThatLoses(8);
    const { contextId, people, gone, course } = made;
    await platform.changeRoster({
      contextId,
      add: [{ userId: "fresh", name: "Fay Fresh" }],
      update: [{ userId: people[3]!, email: "new@example.edu" }],
    });

    const run = await syncRosterOf(installation, made);

    expect(run).toMatchObject({ state: "held", membersAdded: 1, membersChanged: 1, done: 0 });
    expect(run).toMatchObject({ membersRemoved: 0, finishedAt: null });
    expect((await runCourseOf(run.id, course.id)).state).toBe("held");
    expect(await membersOf(installation, course.id)).toEqual([...people, "fresh"].toSorted());
    const hold = await holdOf(made);
    expect(hold).toMatchObject({ rule: "share", removals: 8, membersBefore: 40, state: "open" });
    expect(hold.applied).toEqual({ added: 1, changed: 1 });
    const held = await listHeldMembers(caller, { holdId: hold.id });
    expect(held.items.map(({ userId }) => userId).toSorted()).toEqual(gone.toSorted());
  });

  test("are held when the roster comes back empty", async () => {
    const made = await courseThatLoses(3, 3);
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
    expect(await holdOf(made)).toMatchObject({ rule: "empty", removals: 3 });
    expect(await membersOf(installation, made.course.id)).toHaveLength(3);
  });

  test("are held when no instructor would be left", async () => {
    const made = await courseThatLoses(0);
    await platform.changeRoster({
      contextId: made.contextId,
      remove: made.people.slice(0, 2),
    });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
    expect(await holdOf(made)).toMatchObject({ rule: "no_instructor", removals: 2 });
  });
});

describe("a hold", () => {
  test("that was approved takes everybody back whom it removed, and nobody else", async () => {
    const made = await courseThatLoses(8);
    await syncRosterOf(installation, made);
    const { id: holdId } = await holdOf(made);
    const early = restoreHold(caller, { holdId });
    await expect(early).rejects.toThrow("nobody was removed");
    expect((await approveHold(caller, { holdId })).hold.restorable).toBe(8);
    // Somebody who came back and went again is another decision's.
    const [userId] = made.gone;
    await installation.db.prisma.membership.updateMany({
      where: { courseId: made.course.id, userId },
      data: { removedAt: new Date(Date.now() + 5_000) },
    });

    const { restored, hold } = await restoreHold(caller, { holdId });

    expect([restored, hold.restorable]).toEqual([7, 0]);
    expect(await membersOf(installation, made.course.id)).toEqual(
      made.people.filter((each) => each !== userId).toSorted(),
    );
    await expect(restoreHold(caller, { holdId })).rejects.toThrow("taken back");
  });

  test("that is approved removes exactly whom it names, and ends the run", async () => {
    const made = await courseThatLoses(8);
    const run = await syncRosterOf(installation, made);
    const hold = await holdOf(made);

    const { removed, hold: after } = await approveHold(caller, { holdId: hold.id });

    expect(removed).toBe(8);
    expect(after).toMatchObject({ state: "approved", decidedBy: "Ada Operator" });
    expect(await membersOf(installation, made.course.id)).toEqual(
      made.people.filter((userId) => !made.gone.includes(userId)).toSorted(),
    );
    const ended = await settled(installation, run.id);
    expect(ended).toMatchObject({ state: "succeeded", done: 1, membersRemoved: 8 });
    expect(ended.finishedAt).not.toBeNull();
    expect((await runCourseOf(run.id, made.course.id)).membersRemoved).toBe(8);
    const course = await installation.db.prisma.course.findUniqueOrThrow({
      where: { id: made.course.id },
    });
    expect(course.rosterMemberCount).toBe(32);
    const audited = await installation.db.prisma.auditEntry.findFirstOrThrow({
      where: { objectId: hold.id },
    });
    expect(audited).toMatchObject({ action: "hold.approve", actor: "Ada Operator" });
    await expect(discardHold(caller, { holdId: hold.id })).rejects.toThrow("has been approved");
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "succeeded" });
  });

  test("that is approved removes nobody who is back on the roster, and counts them", async () => {
    const made = await courseThatLoses(8);
    const run = await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    const back = made.gone.slice(0, 3);
    const { contextId } = made;
    await platform.changeRoster({ contextId, add: back.map((userId) => ({ userId })) });

    const decided = await approveHold(caller, { holdId: hold.id });

    expect(decided).toMatchObject({ removed: 5, stayed: 3, hold: { stayed: 3, restorable: 5 } });
    const gone = new Set(made.gone.slice(3));
    expect(await membersOf(installation, made.course.id)).toEqual(
      made.people.filter((userId) => !gone.has(userId)).toSorted(),
    );
    const event = await installation.db.prisma.runEvent.findFirstOrThrow({
      where: { runId: run.id, kind: "hold.approved" },
    });
    expect(event.message).toContain("5 of 8 removed, 3 are back on the roster and stay");
    expect(await settled(installation, run.id)).toMatchObject({ membersRemoved: 5 });
  });

  test.each([
    ["is away", { kind: "error_page", status: 502, route: "memberships" }],
    ["does not list its roster to the end", { kind: "link_dialect", as: "loop" }],
  ] as const)("cannot be approved while the platform %s", async (_words, fault) => {
    const made = await courseThatLoses(8);
    await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    await platform.misbehave({ ...fault, contextId: made.contextId });
    await expect(approveHold(caller, { holdId: hold.id })).rejects.toThrow(
      /unavailable|incomplete/,
    );
    await platform.behave({});
    expect(await getHold(caller, { holdId: hold.id })).toMatchObject({ state: "open" });
    expect(await membersOf(installation, made.course.id)).toEqual(made.people.toSorted());
    expect(await approveHold(caller, { holdId: hold.id })).toMatchObject({ removed: 8, stayed: 0 });
  });

  test("that is approved with others reads its roster as well", async () => {
    const made = await courseThatLoses(8);
    await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    const [userId] = made.gone;
    await platform.changeRoster({ contextId: made.contextId, add: [{ userId: userId! }] });
    const start = { action: "holds.approve", filter: { ids: [hold.id] } } as unknown as BulkStart;
    const { id } = await startBulk(caller, start);
    const { db } = installation;
    const onError = (error: unknown) => installation.errors.push(error);
    await createBulkPerformer({ db, callerFor: () => caller, onError })(
      id,
      new AbortController().signal,
    );
    expect(await getBulk(caller, { operationId: id })).toMatchObject({ state: "done", done: 1 });
    expect(await getHold(caller, { holdId: hold.id })).toMatchObject({ stayed: 1, restorable: 7 });
  });

  test("that is discarded keeps everybody, and a later roster decides anew", async () => {
    const made = await courseThatLoses(8);
    const run = await syncRosterOf(installation, made);
    const first = await holdOf(made);
    await discardHold(caller, { holdId: first.id });
    expect(await membersOf(installation, made.course.id)).toEqual(made.people.toSorted());
    expect(await settled(installation, run.id)).toMatchObject({ state: "succeeded" });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
    expect((await holdOf(made)).id).not.toBe(first.id);
  });

  test("is superseded by a later sync, which lists who came back as there", async () => {
    const made = await courseThatLoses(8);
    const run = await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    await platform.changeRoster({
      contextId: made.contextId,
      add: made.gone.slice(0, 6).map((userId) => ({ userId })),
    });

    const { run: again } = await checkHoldAgain(caller, { holdId: hold.id });

    expect(await settled(installation, again.id)).toMatchObject({
      state: "succeeded",
      membersRemoved: 2,
    });
    expect(await getHold(caller, { holdId: hold.id })).toMatchObject({ state: "superseded" });
    expect(await settled(installation, run.id)).toMatchObject({ state: "succeeded" });
    await expect(approveHold(caller, { holdId: hold.id })).rejects.toThrow("later sync");
    const states = (await changesOf(installation, run.id)).map(({ state }) => state);
    expect(new Set(states)).toEqual(new Set(["discarded"]));
  });

  test("lets go of people whom even an unfinished later walk lists", async () => {
    const made = await courseThatLoses(8);
    await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    await platform.changeRoster({
      contextId: made.contextId,
      add: [{ userId: made.gone[0]! }],
    });
    await platform.misbehave({ kind: "link_dialect", as: "loop", contextId: made.contextId });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "failed" });
    await platform.behave({});

    const { removed } = await approveHold(caller, { holdId: hold.id });

    expect(removed).toBe(7);
    expect(await membersOf(installation, made.course.id)).toContain(made.gone[0]);
  });

  test("keeps a run over many courses from ending until it is decided", async () => {
    const made = await courseThatLoses(8);
    const { registrationId } = made;
    const registration = await installation.db.prisma.registration.findUniqueOrThrow({
      where: { id: registrationId },
    });
    const other = await addCourse(installation, platform, registration, { members: 3 });
    const broken = await addCourse(installation, platform, registration, { members: 3 });
    await platform.misbehave({ kind: "forbidden", contextId: broken.contextId });
    const { id } = await startRun(installation, "roster_sync", { registrationId });

    expect(await settled(installation, id)).toMatchObject({ state: "held", done: 1, failed: 1 });
    expect((await runCourseOf(id, other.course.id)).state).toBe("succeeded");
    const hold = await holdOf(made);
    await approveHold(caller, { holdId: hold.id });
    expect(await settled(installation, id)).toMatchObject({
      state: "partly_succeeded",
      done: 2,
      failed: 1,
    });
  });
});

describe("a held run that is cancelled", () => {
  test("removes nobody, and its hold waits no longer", async () => {
    const made = await courseThatLoses(8);
    const run = await syncRosterOf(installation, made);
    const hold = await holdOf(made);
    await cancelRun(caller, { runId: run.id });
    expect(await settled(installation, run.id)).toMatchObject({ state: "cancelled" });
    expect(await getHold(caller, { holdId: hold.id })).toMatchObject({ state: "discarded" });
    expect(await membersOf(installation, made.course.id)).toEqual(made.people.toSorted());
  });
});

describe("an allowance for larger drops", () => {
  test("lets them through, and says so", async () => {
    const made = await courseThatLoses(8);
    const { dropsAllowedUntil } = await allowLargerDrops(caller, { courseId: made.course.id });
    const aheadMs = Date.parse(dropsAllowedUntil ?? "") - Date.now();
    expect(aheadMs).toBeGreaterThan(7_100_000);
    expect(aheadMs).toBeLessThanOrEqual(7_200_000);
    const run = await syncRosterOf(installation, made);
    expect(run).toMatchObject({ state: "succeeded", membersRemoved: 8 });
    const event = await installation.db.prisma.runEvent.findFirstOrThrow({
      where: { runId: run.id, kind: "course.synced" },
    });
    expect(event.message).toContain("larger drops are allowed");
  });

  test("ends by itself, and when it is taken back", async () => {
    const made = await courseThatLoses(8);
    await allowLargerDrops(caller, { courseId: made.course.id });
    await installation.db.prisma.course.update({
      where: { id: made.course.id },
      data: { dropsAllowedUntil: new Date(Date.now() - 1_000) },
    });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
    await allowLargerDrops(caller, { courseId: made.course.id });
    await holdLargerDrops(caller, { courseId: made.course.id });
    expect(await syncRosterOf(installation, made)).toMatchObject({ state: "held" });
  });
});

describe("a removed member", () => {
  test("is kept with the last roster that listed them, and restored by an operator", async () => {
    const made = await courseThatLoses(1);
    const courseId = made.course.id;
    const [userId] = made.gone;
    await syncRosterOf(installation, made);
    const { items } = await listMembers(caller, { courseId, change: "removed" });
    expect(items).toMatchObject([{ userId }]);
    expect(items[0]!.lastSeenAt! < items[0]!.removedAt!).toBe(true);

    await restoreMember(caller, { courseId, userId: userId! });

    expect(await membersOf(installation, courseId)).toContain(userId);
    await expect(restoreMember(caller, { courseId, userId: userId! })).rejects.toThrow(
      "is not removed",
    );
  });
});
