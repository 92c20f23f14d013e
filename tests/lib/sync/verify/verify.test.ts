import { afterEach, describe, expect, test } from "vitest";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { updateCourseSettings } from "#lib/operations/courses/settings.ts";
import { importLineItems, listLineItems } from "#lib/operations/line-items/line-items.ts";
import { decideDifferences, getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import { expectOutcomesKept } from "#tests/support/course-outcomes.ts";
import { gradedCourse, startGradeSync, until, type GradedCourse } from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startRun,
  wantScores,
} from "#tests/support/installation.ts";
import { operatorOf, settled, syncRosterOf } from "#tests/support/rosters.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { useInstallation } from "#tests/support/use-installation.ts";

const { installation, platform } = useInstallation({
  platform: { profile: "moodle", logSize: 20_000 },
});
afterEach(() => expectOutcomesKept(installation.db));

const moodle = () => register(installation, platform, { profile: "moodle" });
const target = ({ course }: Pick<GradedCourse, "course">) => ({
  registrationId: course.registrationId,
  courseId: course.id,
});

async function verified(made: Pick<GradedCourse, "course">) {
  const { id } = await startRun(installation, "verify", target(made));
  return finished(installation, id);
}

/** A course whose scores were sent, and verified as its platform's profile has it. */
async function sentCourse(scores: number): Promise<GradedCourse> {
  const made = await gradedCourse(installation, platform, {
    scores,
    registration: await moodle(),
  });
  await finished(installation, (await startGradeSync(installation, made)).id);
  await until(async () => (await proofOf(made)).unproven === 0);
  await allEnded(made);
  return made;
}

async function allEnded({ course }: Pick<GradedCourse, "course">) {
  const open = { courseId: course.id, state: { in: ["queued" as const, "running" as const] } };
  await until(async () => (await installation.db.prisma.run.count({ where: open })) === 0);
}

const proofOf = ({ course }: Pick<GradedCourse, "course">) =>
  getCourseProof(operatorOf(installation), { courseId: course.id });

async function causesIn({ course }: Pick<GradedCourse, "course">) {
  const { items } = await listDifferences(operatorOf(installation), {
    courseId: course.id,
    limit: 200,
  });
  return new Map(items.map(({ userId, lineItemId, cause }) => [`${lineItemId} ${userId}`, cause]));
}

const push = (made: GradedCourse, userIds: string[], score: object) =>
  pushScores(operatorOf(installation), {
    lineItemId: made.lineItem.id,
    send: true,
    scores: userIds.map((userId) => ({
      userId,
      scoreGiven: 50,
      scoreMaximum: 100,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      ...score,
    })),
  });

describe("a verification", () => {
  test("follows a grade sync by itself, and proves every score", async () => {
    const made = await sentCourse(40);
    expect(await proofOf(made)).toMatchObject({ total: 40, proven: 40, unproven: 0, notOurs: 0 });
    const reads = await platform.requests({ lineItem: made.lineItem.url, route: "results" });
    expect(reads).toHaveLength(1);
    const { proof } = await getCourse(operatorOf(installation), { courseId: made.course.id });
    expect(proof).toMatchObject({ total: 40, proven: 40, open: 0 });
  });

  test("follows a grade sync or not, as the course's settings say", async () => {
    const operator = operatorOf(installation);
    const registration = await register(installation, platform, { profile: "canvas" });
    const sentUnder = async (verifyAfterSend: "profile" | "always" | "never") => {
      const made = await gradedCourse(installation, platform, { scores: 2, registration });
      const courseId = made.course.id;
      const set = await updateCourseSettings(operator, { courseId, verifyAfterSend });
      expect(set).toMatchObject({ verifyAfterSend, proof: null });
      await finished(installation, (await startGradeSync(installation, made)).id);
      return courseId;
    };
    const never = await sentUnder("never");
    const profile = await sentUnder("profile");
    const always = await sentUnder("always");
    await until(async () => {
      const { proof } = await getCourse(operator, { courseId: always });
      return proof?.proven === 2;
    });
    const others = { kind: "verify" as const, courseId: { in: [never, profile] } };
    expect(await installation.db.prisma.run.count({ where: others })).toBe(0);
  });

  test("finds what was wiped, and the same value pushed again is sent again", async () => {
    const made = await sentCourse(3);
    const { contextId, lineItem } = made;
    const [wiped, left] = made.userIds as [string, string, string];
    const both = [wiped, left];
    // Gone and back between two roster syncs: only a verification can tell.
    await platform.changeRoster({ contextId, remove: both });
    await platform.changeRoster({ contextId, add: both.map((userId) => ({ userId })) });
    await verified(made);
    expect(await proofOf(made)).toMatchObject({ missing: 2 });
    const courseId = made.course.id;
    const { items } = await listDifferences(operatorOf(installation), { courseId });
    const scoreIds = items.filter(({ userId }) => userId === left).map(({ id }) => id);
    await decideDifferences(operatorOf(installation), {
      courseId,
      scoreIds,
      act: "leave",
      send: false,
    });

    const { prisma } = installation.db;
    const wanted = await prisma.score.findMany({ where: { lineItemId: lineItem.id } });
    const scores = wanted.map(({ userId, scoreGiven, scoreMaximum }) => ({
      userId,
      scoreGiven,
      scoreMaximum: scoreMaximum ?? undefined,
      activityProgress: "Completed" as const,
      gradingProgress: "FullyGraded" as const,
    }));
    const pushed = { lineItemId: lineItem.id, scores, send: true };
    const again = await pushScores(operatorOf(installation), pushed);
    // What somebody chose to leave stays as it is.
    expect(again).toMatchObject({ accepted: 1, unchanged: 2 });
    await finished(installation, again.runId!);
    expect(
      (await platform.gradesOf({ lineItem: lineItem.url })).map(({ userId }) => userId),
    ).toEqual(expect.arrayContaining([wiped]));
    await allEnded(made);
    expect(await pushScores(operatorOf(installation), pushed)).toMatchObject({ accepted: 0 });
  });

  test("a column that a score or an import finds to be gone is marked at once", async () => {
    const made = await sentCourse(1);
    const courseId = made.course.id;
    const { contextId, lineItem } = made;
    const other = await platform.addLineItem({ contextId, label: "Other" });
    const operator = operatorOf(installation);
    expect(await importLineItems(operator, { courseId })).toMatchObject({ added: 1, gone: 0 });
    const marked = async () => {
      const { items } = await listLineItems(operator, { courseId });
      return items.filter(({ goneAt }) => goneAt !== null).map(({ url }) => url);
    };
    await platform.removeLineItem({ lineItem: lineItem.url });
    const { runId } = await push(made, made.userIds, { scoreGiven: 51 });
    expect(await finished(installation, runId!)).toMatchObject({ state: "failed", failed: 1 });
    expect(await marked()).toEqual([lineItem.url]);
    await platform.removeLineItem({ lineItem: other.url });
    expect(await importLineItems(operator, { courseId })).toMatchObject({ added: 0, gone: 1 });
    expect(new Set(await marked())).toEqual(new Set([lineItem.url, other.url]));
  });

  test("finds fifty planted differences, names each, and nothing else", async () => {
    const made = await sentCourse(120);
    const { db } = installation;
    const { url, id } = made.lineItem;
    const parts = [10, 10, 10, 5, 5, 10];
    const starts = parts.map((_, index) => parts.slice(0, index).reduce((a, b) => a + b, 0));
    const [overridden, returned, locked, rounded, clipped, pending] = parts.map((size, index) =>
      made.userIds.slice(starts[index], starts[index]! + size),
    ) as string[][];
    await db.prisma.course.update({
      where: { id: made.course.id },
      data: { notFullyGraded: "send" },
    });
    // Rounded and clipped values are no differences.
    await push(made, rounded!, { scoreGiven: 1 / 3, scoreMaximum: 1 });
    await push(made, clipped!, { scoreGiven: 150, scoreMaximum: 100 });
    await push(made, pending!, { scoreGiven: 55, gradingProgress: "PendingManual" });
    await allEnded(made);
    for (const [index, userId] of overridden!.entries())
      await platform.overrideResult({ lineItem: url, userId, resultScore: 70.5 + index });
    const { contextId } = made;
    await platform.changeRoster({ contextId, remove: returned! });
    await platform.changeRoster({ contextId, add: returned!.map((userId) => ({ userId })) });
    await platform.lockGrades({ lineItem: url, userIds: locked! });
    await push(made, locked!, { scoreGiven: 99.5 });
    await allEnded(made);
    const strangers = (await platform.rosterOf({ contextId, role: "Learner" }))
      .map(({ userId }) => userId)
      .filter((userId) => !made.userIds.includes(userId));
    const foreign = [...strangers, ...Array.from({ length: 9 }, (_, n) => `foreign-${n}`)].slice(
      0,
      9,
    );
    for (const userId of foreign)
      await platform.overrideResult({ lineItem: url, userId, resultScore: 12 });
    const gone = await platform.addLineItem({ contextId, label: "Gone" });
    const column = await db.prisma.lineItem.create({
      data: { courseId: made.course.id, url: gone.url, label: "Gone", scoreMaximum: 100 },
    });
    await wantScores(installation, column, [made.userIds[0]!]);
    await finished(installation, (await startGradeSync(installation, made)).id);
    await allEnded(made);
    await platform.removeLineItem({ lineItem: gone.url });
    await verified(made);

    const expected = new Map<string, string>([
      ...overridden!.map((userId) => [`${id} ${userId}`, "kept_by_platform"] as const),
      ...returned!.map((userId) => [`${id} ${userId}`, "wiped"] as const),
      ...locked!.map((userId) => [`${id} ${userId}`, "locked"] as const),
      ...pending!.map((userId) => [`${id} ${userId}`, "not_fully_graded"] as const),
      ...foreign.map((userId) => [`${id} ${userId}`, "not_ours"] as const),
      [`${column.id} ${made.userIds[0]!}`, "column_gone"],
    ]);
    expect(expected.size).toBe(50);
    expect(await causesIn(made)).toEqual(expected);
    expect(await proofOf(made)).toMatchObject({
      total: 121,
      proven: 80,
      differs: 20,
      missing: 20,
      unreadable: 1,
      notOurs: foreign.length,
    });
    const marked = await db.prisma.lineItem.findUniqueOrThrow({ where: { id: column.id } });
    expect(marked.goneAt).not.toBeNull();
    const operator = operatorOf(installation);
    const { proof } = await getCourse(operator, { courseId: made.course.id });
    expect(proof).toMatchObject({ total: 121, proven: 80, open: 41, notOurs: foreign.length });
    const shown = await listLineItems(operator, { courseId: made.course.id });
    expect(shown.items.filter(({ goneAt }) => goneAt !== null)).toMatchObject([{ label: "Gone" }]);
  });

  test("of 10,000 scores in 20 columns asks at most once for 100 scores", async () => {
    const registration = await moodle();
    const made = await addCourse(installation, platform, registration, {
      members: 501,
      lineItems: 20,
    });
    const people = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
    const userIds = people.map(({ userId }) => userId);
    // As if sent: what a platform holds is put there by hand, faster than by 10,000 requests.
    for (const lineItem of made.lineItems) await wantScores(installation, lineItem, userIds);
    await installation.db.prisma.$executeRaw`
      UPDATE score SET state = 'sent', sent_at = now(), sent_score_given = score_given,
             sent_score_maximum = score_maximum
       WHERE line_item_id = ANY (${made.lineItems.map(({ id }) => id)}::uuid[])`;
    for (const { url } of made.lineItems)
      await platform.setGrades({
        lineItem: url,
        grades: userIds.map((userId, index) => ({ userId, resultScore: index % 100 })),
      });
    await platform.resetCounts();
    const run = await verified(made);
    expect(run).toMatchObject({ state: "succeeded", total: 10_000, done: 10_000 });
    expect(await proofOf(made)).toMatchObject({ total: 10_000, proven: 10_000 });
    const { clientId } = registration;
    expect((await platform.requests({ clientId, route: "results" })).length).toBeLessThanOrEqual(
      100,
    );
  });
});

describe("a difference", () => {
  test("is sent again, taken over or left, one by one and all that match", async () => {
    const made = await sentCourse(6);
    const operator = operatorOf(installation);
    const { url } = made.lineItem;
    const [first, second, ...others] = made.userIds;
    for (const userId of made.userIds)
      await platform.overrideResult({ lineItem: url, userId, resultScore: 61.5 });
    await verified(made);
    const scoreOf = (userId: string) =>
      installation.db.prisma.score.findUniqueOrThrow({
        where: { lineItemId_userId: { lineItemId: made.lineItem.id, userId } },
      });
    const courseId = made.course.id;
    const one = async (act: "take" | "leave", userId: string) =>
      decideDifferences(operator, {
        courseId,
        act,
        scoreIds: [(await scoreOf(userId)).id],
        send: true,
      });
    expect(await one("take", first!)).toEqual({ decided: 1, runId: null });
    expect(await scoreOf(first!)).toMatchObject({ scoreGiven: 61.5, proof: "same" });
    expect(await one("leave", second!)).toEqual({ decided: 1, runId: null });
    expect((await scoreOf(second!)).proofLeftBy).not.toBeNull();

    const matching = { finding: "differs" as const };
    const all = await decideDifferences(operator, { courseId, act: "send", matching, send: true });
    expect(all.decided).toBe(others.length);
    await finished(installation, all.runId!);
    await until(async () => (await proofOf(made)).unproven === 0);
    // The platform took them, and keeps the teacher's grades all the same.
    expect(await scoreOf(others[0]!)).toMatchObject({
      state: "sent",
      proof: "differs",
      proofCause: "kept_by_platform",
    });
    expect(await proofOf(made)).toMatchObject({ proven: 1, differs: 5, left: 1 });
    await allEnded(made);
  });
});

describe("somebody who left the course and came back", () => {
  test("is unproven, and the next sync sends again what the platform wiped", async () => {
    const made = await sentCourse(30);
    const { contextId, lineItem, userIds } = made;
    const registrationId = made.course.registrationId;
    await syncRosterOf(installation, { registrationId, course: made.course });
    const back = userIds.slice(0, 3);
    await platform.changeRoster({ contextId, remove: back });
    const gone = await syncRosterOf(installation, { registrationId, course: made.course });
    expect(gone).toMatchObject({ state: "succeeded", membersRemoved: 3 });
    await platform.changeRoster({ contextId, add: back.map((userId) => ({ userId })) });
    await syncRosterOf(installation, { registrationId, course: made.course });
    expect(await proofOf(made)).toMatchObject({ proven: 27, unproven: 3 });

    await platform.resetCounts();
    const { id } = await startGradeSync(installation, made);
    expect(await settled(installation, id)).toMatchObject({ state: "succeeded", done: 3 });
    const grades = await platform.gradesOf({ lineItem: lineItem.url });
    expect(grades.filter(({ grade }) => grade === null)).toEqual([]);
    expect(grades.map(({ userId }) => userId).sort()).toEqual([...userIds].sort());
    await until(async () => (await proofOf(made)).proven === 30);
    await allEnded(made);
  });
});
