import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepPeople } from "#lib/db/search/keep-people.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { search } from "#lib/operations/search/search.ts";
import type { Found } from "#lib/operations/search/schema.ts";
import { openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let stage: CourseStage;

const ADA = {
  userId: "af3e40fd-412",
  name: "Ada Lovelace",
  givenName: "Ada",
  familyName: "Lovelace",
  email: "Ada.L@Example.edu",
  lisPersonSourcedId: "SIS_77%",
  roles: [],
};

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  stage = await openCourseStage(installation.db);
  const { prisma } = installation.db;
  const [first, second, third] = stage.courseIds as [string, string, string];
  await prisma.course.update({
    where: { id: first },
    data: { title: "Modern Biology", membershipsUrl: "https://lms.example.edu/m/1017?x=1" },
  });
  await prisma.course.update({ where: { id: second }, data: { title: "Biology 101" } });
  await prisma.course.update({
    where: { id: third },
    data: { title: "Biology of old", archivedAt: new Date() },
  });
  await prisma.membership.createMany({
    data: [
      { courseId: first, ...ADA },
      { courseId: second, ...ADA, removedAt: new Date(), lastSeenAt: new Date() },
    ],
  });
  while (await keepPeople(installation.db, { waitMs: 0 }));
  await prisma.lineItem.create({
    data: {
      courseId: first,
      url: "https://lms.example.edu/l/9",
      label: "Quiz 9",
      scoreMaximum: 10,
      resourceId: "quiz-nine",
    },
  });
  await prisma.user.create({ data: { id: "op-1", name: "Kim Park", email: "kim@example.edu" } });
});
afterAll(() => installation.stop());

const find = async (q: string, kind: Found["kind"]) =>
  (await search(caller, { q })).items.filter((item) => item.kind === kind);
const titles = async (q: string, kind: Found["kind"]) =>
  (await find(q, kind)).map(({ title }) => title);

describe("the finder", () => {
  test.each(["ada", "ADA LOVE", "lovelace", "ada.l@example", "AF3E40", "sis_77%"])(
    "finds a person by the beginning of what is known of them: %s",
    async (q) => {
      const found = await find(q, "person");
      expect(found.map(({ title }) => title)).toEqual(["Ada Lovelace"]);
      // Once, and where the person is now.
      expect(found[0]!.path).toContain(`/courses/${stage.courseIds[0]}/roster`);
      expect(found[0]!.note).toContain("2 courses");
    },
  );

  test("takes the signs of a pattern as they are", async () => {
    expect(await find("sis%77", "person")).toEqual([]);
    expect(await find("%_", "person")).toEqual([]);
  });

  test("finds courses by any part of the name: beginnings first, archived ones last", async () => {
    expect(await titles("biology", "course")).toEqual([
      "Biology 101",
      "Modern Biology",
      "Biology of old",
    ]);
    const [current] = await find("modern", "course");
    expect(current!.canSyncRoster).toBe(true);
    const [archived] = await find("of old", "course");
    expect(archived).toMatchObject({ canSyncRoster: false });
    expect(archived!.note).toContain("archived");
  });

  test("finds what an address of a service belongs to", async () => {
    expect(await titles("https://lms.example.edu/m/1017?x=1", "course")).toEqual([
      "Modern Biology",
    ]);
    expect(await titles("https://lms.example.edu/l/9", "line_item")).toEqual(["Quiz 9"]);
    expect(await titles("quiz-nine", "line_item")).toEqual(["Quiz 9"]);
    expect(await titles("quiz", "line_item")).toEqual(["Quiz 9"]);
  });

  test("finds runs, holds, courses and registrations by the beginning of their ID", async () => {
    const { runId } = await stage.begun();
    expect((await find(runId, "run")).map(({ id }) => id)).toEqual([runId]);
    expect((await find(runId.slice(0, 18).toUpperCase(), "run"))[0]!.path).toBe(`/runs/${runId}`);
    const [courseId] = stage.courseIds;
    expect((await find(courseId!, "course")).map(({ id }) => id)).toEqual([courseId]);
    const { registrationId } = stage;
    expect((await find(registrationId, "registration")).map(({ id }) => id)).toEqual([
      registrationId,
    ]);
  });

  test("finds operators by name and e-mail", async () => {
    expect(await titles("park", "operator")).toEqual(["Kim Park"]);
    expect(await titles("KIM@", "operator")).toEqual(["Kim Park"]);
  });

  test("wants two characters, and finds nothing where nothing is", async () => {
    await expect(search(caller, { q: "a" })).rejects.toMatchObject({
      fields: { q: expect.any(Array) },
    });
    expect((await search(caller, { q: "nobody of that name" })).items).toEqual([]);
  });
});
