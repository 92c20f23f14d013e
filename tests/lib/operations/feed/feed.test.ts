import { describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { dropEntries } from "#lib/db/feed/entries.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { FeedExpired } from "#lib/operations/errors.ts";
import { readFeed } from "#lib/operations/feed/feed.ts";
import type { FeedEvent, FeedQuery } from "#lib/operations/feed/schema.ts";
import { gradedCourse, runOf, startGradeSync } from "#tests/support/grading.ts";
import { finished, wantScores } from "#tests/support/installation.ts";
import { membersOf, oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform, operator } = useInstallation();

async function readAll(asker: Asker, query: Partial<FeedQuery> = {}): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  for (let after = query.after ?? "0"; ;) {
    const page = await readFeed(asker, { ...query, after });
    events.push(...page.items);
    if (!page.hasMore) return events;
    expect(BigInt(page.nextCursor)).toBeGreaterThan(BigInt(after));
    after = page.nextCursor;
  }
}

/** What a consumer holds after these events, as it would keep it. */
function copyOf(events: readonly FeedEvent[]): string[] {
  const copy = new Set<string>();
  for (const { type, member } of events) {
    if (!type.startsWith("member.") || !member) continue;
    if (member.removedAt) copy.delete(member.userId);
    else copy.add(member.userId);
  }
  return [...copy].sort();
}

describe("the change feed", () => {
  test("tells of each member of the first roster, with its course and the end of the run", async () => {
    const made = await oneCourse(installation, platform, { members: 30 });
    const { id: courseId } = made.course;
    const run = await syncRosterOf(installation, made);
    const events = await readAll(operator, { courseId });
    expect(events.map(({ type }) => type)).toEqual([
      "course.discovered",
      ...Array<string>(30).fill("member.added"),
      "run.finished",
    ]);
    expect(copyOf(events)).toEqual(await membersOf(installation, courseId));
    expect(events.at(-1)!.data).toMatchObject({ runId: run.id, kind: "roster_sync", failed: 0 });
    const sequences = events.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  test("tells who was changed, removed and restored, and of a sync without changes only its end", async () => {
    const made = await oneCourse(installation, platform, { members: 20 });
    const { contextId, course } = made;
    await syncRosterOf(installation, made);
    const { nextCursor: after } = await readFeed(operator, { after: "now" });
    const people = await platform.rosterOf({ contextId });
    const [changed, gone] = [people[4]!, people[9]!];
    await platform.changeRoster({
      contextId,
      update: [{ userId: changed.userId, email: "other@example.edu", roles: changed.roles }],
      remove: [gone.userId],
    });
    await syncRosterOf(installation, made);
    await syncRosterOf(installation, made);
    await platform.changeRoster({ contextId, add: [gone] });
    await syncRosterOf(installation, made);
    const told = await readAll(operator, { after, courseId: course.id });
    expect(told.map(({ type, member }) => [type, member?.userId])).toEqual([
      ["member.changed", changed.userId],
      ["member.removed", gone.userId],
      ["run.finished", undefined],
      ["run.finished", undefined],
      ["member.restored", gone.userId],
      ["run.finished", undefined],
    ]);
    expect(told[0]!.member).toMatchObject({ email: "other@example.edu" });
  });

  test("is read in pieces of any size without missing or repeating anything", async () => {
    const made = await oneCourse(installation, platform, { members: 25 });
    await syncRosterOf(installation, made);
    const courseId = made.course.id;
    const whole = await readAll(operator, { courseId });
    for (const limit of [1, 7, 26]) {
      const pieces = await readAll(operator, { courseId, limit });
      expect(pieces).toEqual(whole);
    }
  });

  test("tells what the platform answered for each score", async () => {
    const graded = await gradedCourse(installation, platform, { scores: 6 });
    const refused = "nobody-of-this-course";
    await wantScores(installation, graded.lineItem, [refused]);
    const { id } = await startGradeSync(installation, graded);
    await finished(installation, id);
    const query = { courseId: graded.course.id, types: ["score.sent", "score.rejected"] } as const;
    const events = await readAll(operator, { ...query, types: [...query.types] });
    const run = await runOf(installation, id);
    expect(events.filter(({ type }) => type === "score.sent")).toHaveLength(run.done);
    const rejected = events.filter(({ type }) => type === "score.rejected");
    expect(rejected.map(({ score }) => [score?.userId, score?.runId])).toEqual([[refused, id]]);
    expect(rejected[0]!.score!.problem?.message).toBeTruthy();
    expect(events.every(({ score }) => score?.lineItemId === graded.lineItem.id)).toBe(true);
  });

  test("waits for a change where there is none yet", async () => {
    const { nextCursor: after } = await readFeed(operator, { after: "now" });
    const waiting = readFeed(operator, { after, wait: 20, types: ["course.discovered"] });
    const { course } = await oneCourse(installation, platform, { members: 1 });
    const { items } = await waiting;
    expect(items.map(({ courseId }) => courseId)).toContain(course.id);
  });

  test("does not go past a change that is not committed yet", async () => {
    const [first, second] = await Promise.all([
      oneCourse(installation, platform, { members: 1 }),
      oneCourse(installation, platform, { members: 1 }),
    ]);
    const { nextCursor: after } = await readFeed(operator, { after: "now" });
    const add = (courseId: string) => ({ data: { courseId, userId: "u", roles: [] } });
    const seen = await transaction(installation.db, async (tx) => {
      await tx.prisma.membership.create(add(first.course.id));
      await installation.db.prisma.membership.create(add(second.course.id));
      return readFeed(operator, { after });
    });
    const later = await readFeed(operator, { after: seen.nextCursor });
    const coursesOf = ({ items }: typeof seen) => items.map(({ courseId }) => courseId);
    expect(coursesOf(seen)).toEqual([second.course.id]);
    expect(coursesOf(later)).toEqual([first.course.id]);
  });

  test("leaves names out for who may not see them", async () => {
    const made = await oneCourse(installation, platform, { members: 3 });
    await syncRosterOf(installation, made);
    const { actor } = operator;
    if (actor.kind !== "operator") throw new Error("the operator of the tests is none");
    const access = { ...actor.access, rights: ["read" as const] };
    const reader = { ...operator, actor: { ...actor, access } };
    const events = await readAll(reader, { courseId: made.course.id, types: ["member.added"] });
    expect(events).toHaveLength(3);
    expect(events.every(({ member }) => member!.name === null && member!.email === null)).toBe(
      true,
    );
  });

  test("refuses a cursor after which changes are no longer kept, and one it never gave", async () => {
    const { nextCursor } = await readFeed(operator, { after: "now" });
    const beyond = String(BigInt(nextCursor) + 1_000_000n);
    await expect(readFeed(operator, { after: beyond })).rejects.toThrow(FeedExpired);
    while (await dropEntries(installation.db, new Date(Date.now() + 60_000), 50));
    await expect(readFeed(operator, { after: "0" })).rejects.toThrow(FeedExpired);
    const { items } = await readFeed(operator, { after: nextCursor });
    expect(items).toEqual([]);
  });
});
