import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { gradebookCsv } from "#lib/operations/gradebook/csv.ts";
import { getGradebook } from "#lib/operations/gradebook/gradebook.ts";
import type { GradebookFilter } from "#lib/operations/gradebook/schema.ts";
import { insertCourses } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let courseId: string;
let lineItemIds: string[];

const LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner";
const INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor";

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  courseId = (await insertCourses(installation.db, 1)).courseIds[0]!;
  lineItemIds = await addColumns(courseId, ["Essay", "Quiz"]);
  await installation.db.prisma.membership.createMany({
    data: [
      { courseId, userId: "u-1", name: "Zoe", roles: [LEARNER] },
      { courseId, userId: "u-2", name: "Ada", roles: [LEARNER] },
      { courseId, userId: "u-3", name: "Max", roles: [LEARNER], removedAt: new Date() },
      { courseId, userId: "u-4", name: "Kim", roles: [INSTRUCTOR] },
      { courseId, userId: "u-6", name: "Gone", roles: [LEARNER], removedAt: new Date() },
    ],
  });
  const [essay, quiz] = lineItemIds as [string, string];
  await addScores([
    { lineItemId: essay, userId: "u-1", state: "sent", proof: "same" },
    { lineItemId: quiz, userId: "u-1", state: "rejected", proof: "differs" },
    { lineItemId: essay, userId: "u-2", state: "sent", proof: "differs", proofScore: 61.5 },
    { lineItemId: quiz, userId: "u-2", state: "pending" },
    { lineItemId: essay, userId: "u-3", state: "sent" },
    { lineItemId: essay, userId: "u-5", state: "sent", proof: "missing" },
  ]);
  const foreign = { lineItemId: quiz, userId: "u-3", resultScore: 12, resultMaximum: 20 };
  await installation.db.prisma.foreignResult.create({ data: foreign });
});
afterAll(() => installation.stop());

async function addColumns(course: string, labels: readonly string[]): Promise<string[]> {
  const rows = await installation.db.prisma.lineItem.createManyAndReturn({
    data: labels.map((label, index) => ({
      courseId: course,
      url: `https://lms.example.edu/${course}/${index}`,
      label,
      scoreMaximum: 100,
      createdAt: new Date(Date.now() + index),
    })),
  });
  return rows.map(({ id }) => id);
}

type Given = {
  lineItemId: string;
  userId: string;
  state: "sent" | "rejected" | "pending";
  proof?: "same" | "differs" | "missing";
  proofScore?: number;
};

async function addScores(given: readonly Given[]): Promise<void> {
  await installation.db.prisma.score.createMany({
    data: given.map((score) => ({
      ...score,
      scoreGiven: 80,
      scoreMaximum: 100,
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      timestamp: new Date(),
    })),
  });
}

describe("a gradebook", () => {
  test("has learners, and whoever else has a score, by name with the state of each", async () => {
    const { items, columns, columnTotal, total } = await getGradebook(caller, { courseId });
    expect(columns.map(({ label }) => label)).toEqual(["Essay", "Quiz"]);
    expect([total, columnTotal]).toEqual([4, 2]);
    const states = items.map(({ userId, cells }) => [
      userId,
      ...lineItemIds.map((id) => cells.find(({ lineItemId }) => lineItemId === id)?.state),
    ]);
    expect(states).toEqual([
      ["u-2", "differs", "waiting"],
      ["u-3", "sent", "not_ours"],
      ["u-5", "missing", undefined],
      ["u-1", "proven", "rejected"],
    ]);
    expect(items[0]!.cells.find(({ state }) => state === "differs")?.platformScore).toBe(61.5);
  });

  test("is narrowed to people with a score in a state, and to a text", async () => {
    const who = async (filter: Partial<GradebookFilter>) =>
      (await getGradebook(caller, { courseId, ...filter })).items.map(({ userId }) => userId);
    expect(await who({ state: "rejected" })).toEqual(["u-1"]);
    expect(await who({ state: "proven" })).toEqual(["u-1"]);
    expect(await who({ state: "waiting" })).toEqual(["u-2"]);
    expect(await who({ state: "differs" })).toEqual(["u-2", "u-5"]);
    expect(await who({ state: "sent" })).toEqual(["u-3"]);
    expect(await who({ q: "zo" })).toEqual(["u-1"]);
  });

  test("comes whole and once over its pages and windows of columns", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await getGradebook(caller, { courseId, limit: 1, cursor });
      seen.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual(["u-2", "u-3", "u-5", "u-1"]);
    const window = { courseId, columnsFrom: 1, columnLimit: 1 };
    const { columns, columnTotal } = await getGradebook(caller, window);
    expect([columns.map(({ label }) => label), columnTotal]).toEqual([["Quiz"], 2]);
  });

  test("is a file with a value and a state for each column", async () => {
    let csv = "";
    for await (const piece of gradebookCsv(caller, { courseId })) csv += piece;
    const lines = csv.replace("\uFEFF", "").trimEnd().split("\r\n");
    expect(lines[0]).toBe("user_id,name,Essay (of 100),Essay: state,Quiz (of 100),Quiz: state");
    expect(lines).toContain("u-1,Zoe,80,proven,80,rejected");
    expect(lines).toHaveLength(5);
  });

  test("of 10,000 people and 40 columns is read a page at a time", async () => {
    const large = (await insertCourses(installation.db, 1)).courseIds[0]!;
    const labels = Array.from({ length: 40 }, (_, index) => `Column ${index}`);
    await addColumns(large, labels);
    await installation.db.prisma.$executeRaw`
      INSERT INTO membership (course_id, user_id, roles, name)
      SELECT ${large}::uuid, 'p-' || n, ARRAY[${LEARNER}], 'Person ' || n
        FROM generate_series(1, 10000) n`;
    await installation.db.prisma.$executeRaw`
      INSERT INTO score (id, line_item_id, user_id, score_given, score_maximum, activity_progress,
                         grading_progress, timestamp, state)
      SELECT gen_random_uuid(), li.id, 'p-' || n, n % 100, 100, 'Completed', 'FullyGraded', now(),
             'sent'
        FROM line_item li, generate_series(1, 10000) n WHERE li.course_id = ${large}::uuid`;
    await installation.db.prisma.$executeRaw`ANALYZE score`;
    await installation.db.prisma.$executeRaw`ANALYZE membership`;
    const page = await getGradebook(caller, { courseId: large, limit: 50 });
    expect([page.items.length, page.total]).toEqual([50, 10_000]);
    expect(page.items[0]!.cells).toHaveLength(40);
    // Enough scores to begin with the people, and few enough to begin with these.
    const sent = await getGradebook(caller, { courseId: large, state: "sent", limit: 2 });
    expect([sent.items.map(({ userId }) => userId), sent.total]).toEqual([["p-1", "p-10"], 10_000]);
    await installation.db.prisma.$executeRaw`
      UPDATE score SET state = 'rejected' WHERE user_id = 'p-77'
         AND line_item_id IN (SELECT id FROM line_item WHERE course_id = ${large}::uuid)`;
    const rejected = await getGradebook(caller, { courseId: large, state: "rejected" });
    expect([rejected.items.map(({ userId }) => userId), rejected.total]).toEqual([["p-77"], 1]);
    const others = await getGradebook(caller, { courseId: large, state: "sent" });
    expect(others.total).toBe(9_999);
  });

  test("has nobody for a score that was withdrawn, or whose column was deleted", async () => {
    const { db } = installation;
    const course = (await insertCourses(db, 1)).courseIds[0]!;
    const [kept, other] = (await addColumns(course, ["Kept", "Other"])) as [string, string];
    await addScores([
      { lineItemId: kept, userId: "stays", state: "pending" },
      { lineItemId: kept, userId: "goes", state: "pending" },
      { lineItemId: kept, userId: "half", state: "pending" },
      { lineItemId: other, userId: "half", state: "pending" },
      { lineItemId: other, userId: "elsewhere", state: "pending" },
    ]);
    await db.prisma.membership.create({
      data: { courseId: course, userId: "half", roles: [LEARNER], removedAt: new Date() },
    });
    const who = async () =>
      (await getGradebook(caller, { courseId: course })).items.map(({ userId }) => userId);
    expect(await who()).toEqual(["elsewhere", "goes", "half", "stays"]);
    await db.prisma.score.deleteMany({ where: { lineItemId: kept, userId: "goes" } });
    await db.prisma.score.deleteMany({ where: { lineItemId: kept, userId: "half" } });
    expect(await who()).toEqual(["elsewhere", "half", "stays"]);
    await addScores([{ lineItemId: kept, userId: "goes", state: "pending" }]);
    expect(await who()).toEqual(["elsewhere", "goes", "half", "stays"]);
    await db.prisma.lineItem.update({ where: { id: other }, data: { deletedBy: "Kim Park" } });
    expect(await who()).toEqual(["goes", "stays"]);
  });
});
