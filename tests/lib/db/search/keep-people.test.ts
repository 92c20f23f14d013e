import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { transaction } from "#lib/db/client.ts";
import { keepPeople, MOST_COURSES } from "#lib/db/search/keep-people.ts";
import { findPeople } from "#lib/db/search/people.ts";
import { insertCourses, openCourseStage } from "#tests/support/course-stage.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let first: string;
let second: string;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { db } = database;
  await db.pool.query("TRUNCATE membership, person, person_due");
  const { courseIds } = await insertCourses(db, 2);
  [first, second] = courseIds as [string, string];
});

type Member = { userId: string; name?: string | null; email?: string | null };

const write = (courseId: string, members: Member[], db = database.db.prisma) =>
  db.membership.createMany({ data: members.map((member) => ({ courseId, ...member })) });
const change = (courseId: string, userId: string, data: Omit<Member, "userId">) =>
  database.db.prisma.membership.update({
    where: { courseId_userId: { courseId, userId } },
    data: { ...data, changedAt: new Date() },
  });
async function keep(waitMs = 0): Promise<number> {
  let portions = 0;
  while (await keepPeople(database.db, { waitMs })) portions += 1;
  return portions;
}
const find = (text: string) =>
  findPeople(database.db, text, { limit: 10, names: true, within: null });

describe("the finder's people", () => {
  test("somebody in two courses is one person, whichever roster was read last", async () => {
    await write(first, [{ userId: "ada", name: "Ada Lovelace" }]);
    await keep();
    await write(second, [{ userId: "ada", name: "Ada Lovelace" }]);
    await keep();
    expect(await find("ada l")).toMatchObject([{ userId: "ada", courses: 2 }]);
  });

  test("are found by a new name and no longer by the former", async () => {
    await write(first, [{ userId: "ada", name: "Ada Byron" }]);
    await keep();
    await change(first, "ada", { name: "Augusta King" });
    expect(await find("ada by")).toEqual([]);
    await keep();
    expect(await find("augusta")).toMatchObject([{ userId: "ada", name: "Augusta King" }]);
    expect(await find("ada by")).toEqual([]);
  });

  test("what one course no longer says is known by another, and forgotten with the last", async () => {
    await write(first, [{ userId: "u1", email: "ada@example.edu" }]);
    await write(second, [{ userId: "u1", email: "ada@example.edu" }]);
    await keep();
    await change(first, "u1", { email: null });
    await keep();
    expect(await find("ada@")).toMatchObject([{ userId: "u1", courseId: second }]);
    await change(second, "u1", { email: null });
    await keep();
    expect(await find("ada@")).toEqual([]);
    expect(await database.db.prisma.person.findMany()).toMatchObject([{ email: null }]);
  });

  test("a large course is taken in portions, with what several pages brought", async () => {
    const member = (_: unknown, index: number) => ({ userId: `user-${index}` });
    const members = Array.from({ length: 4_500 }, member);
    for (let from = 0; from < members.length; from += 1_000)
      await write(first, members.slice(from, from + 1_000));
    expect(await keep()).toBe(3);
    expect(await database.db.prisma.person.count()).toBe(4_500);
  });

  test("members that were not committed yet are not passed over", async () => {
    await write(first, [{ userId: "early" }]);
    await transaction(database.db, async (tx) => {
      await tx.prisma.membership.create({ data: { courseId: first, userId: "late" } });
      await keep();
      expect(await database.db.prisma.person.count()).toBe(1);
    });
    await keep();
    expect(await find("late")).toHaveLength(1);
  });

  test("wait for the runs under way, though not for long", async () => {
    const stage = await openCourseStage(database.db);
    await stage.begun();
    await write(first, [{ userId: "ada" }]);
    expect(await keep(60_000)).toBe(0);
    await database.db.pool.query("UPDATE person_due SET noted_at = now() - interval '2 minutes'");
    expect(await keep(60_000)).toBe(1);
    expect(await find("ada")).toHaveLength(1);
    await database.db.pool.query("UPDATE run SET state = 'failed', finished_at = now()");
  });

  test("nothing is due of a removal, nor of a launch", async () => {
    await write(first, [{ userId: "ada" }]);
    await keep();
    await database.db.prisma.membership.updateMany({
      data: { removedAt: new Date(), lastSeenAt: new Date(), launchRoles: ["Learner"] },
    });
    expect(await database.db.prisma.personDue.count()).toBe(0);
    expect(await find("ada")).toMatchObject([{ isPresent: false }]);
  });

  test("of somebody in very many courses some are kept", async () => {
    const { courseIds } = await insertCourses(database.db, MOST_COURSES + 1);
    for (const courseId of courseIds) await write(courseId, [{ userId: "everywhere" }]);
    await keep();
    expect(await find("every")).toMatchObject([{ courses: MOST_COURSES }]);
  });
});
