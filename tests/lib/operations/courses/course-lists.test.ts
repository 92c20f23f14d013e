import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findRegistration } from "#lib/db/registrations/registrations.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listCourses } from "#lib/operations/courses/courses.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import { listMembers } from "#lib/operations/rosters/members.ts";
import type { Page } from "#lib/operations/fields.ts";
import { GONE, openCourseStage, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let stage: CourseStage;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  stage = await openCourseStage(installation.db);
});
afterAll(() => installation.stop());

/** All items of a list, page by page. */
async function walk<Item>(list: (cursor?: string) => Promise<Page<Item>>): Promise<Item[]> {
  const items: Item[] = [];
  let page = await list();
  items.push(...page.items);
  while (page.nextCursor !== null) {
    page = await list(page.nextCursor);
    expect(page.total).toBe((await list()).total);
    items.push(...page.items);
  }
  return items;
}

describe("courses", () => {
  const titlesWith = async (q: string) =>
    (await listCourses(caller, { q })).items.map(({ title }) => title);

  test("are found by a part of title, label or context ID, in any case", async () => {
    const [id] = stage.courseIds;
    const data = { title: "ÉTUDES 100%", label: "Fr_1", contextId: "urn:context:A" };
    await installation.db.prisma.course.update({ where: { id }, data });
    for (const q of ["études", "100%", "FR_1", "context:a"])
      expect(await titlesWith(q)).toEqual(["ÉTUDES 100%"]);
    // Neither signs of a pattern nor the end of one column with the start of the next.
    for (const q of ["fr%1", "frx1", "100%fr", "100% fr", "\\"])
      expect(await titlesWith(q)).toEqual([]);
  });

  test("that match come whole and once over their pages, by title", async () => {
    const found = await walk((cursor) => listCourses(caller, { q: "course", cursor, limit: 1 }));
    expect(found.map(({ title }) => title)).toEqual(["Course 1", "Course 2"]);
  });

  test("are filtered by their health, which their registration counts", async () => {
    const { runId } = await stage.begun();
    await stage.endPart(runId, stage.courseIds[0]!, { state: "succeeded" });
    await stage.endPart(runId, stage.courseIds[1]!, GONE);
    const ids = async (health: "healthy" | "degraded" | "unknown" | "warning" | "paused") =>
      (await walk((cursor) => listCourses(caller, { health, cursor, limit: 1 }))).map(
        ({ id }) => id,
      );
    expect(await ids("healthy")).toEqual([stage.courseIds[0]]);
    expect(await ids("degraded")).toEqual([stage.courseIds[1]]);
    expect(await ids("unknown")).toEqual([stage.courseIds[2]]);
    expect(await ids("warning")).toEqual([]);
    expect(await findRegistration(installation.db, stage.registrationId)).toMatchObject({
      courseCount: 3,
      healthyCourses: 1,
      degradedCourses: 1,
      warningCourses: 0,
      pausedCourses: 0,
    });
  });

  test("with removals that wait have not failed, and their registration says so", async () => {
    const { runId } = await stage.begun();
    await stage.endPart(runId, stage.courseIds[1]!, GONE);
    await stage.heldIn(stage.courseIds[2]!);
    const { health, healthReason } = await getRegistration(caller, {
      registrationId: stage.registrationId,
    });
    expect({ health, healthReason }).toEqual({
      health: "degraded",
      healthReason: "1 of 3 courses failed; removals wait for a decision in 1 of 3 courses",
    });
  });
});

describe("members", () => {
  const NAMES = { "user-1": "Noor", "user-2": null, "user-3": "Ada", "user-4": "" };

  async function courseOf(rosterMemberCount: number) {
    const { courseIds } = await openCourseStage(installation.db);
    const courseId = courseIds[0]!;
    await installation.db.prisma.course.update({
      where: { id: courseId },
      data: { rosterMemberCount },
    });
    const people = Object.entries(NAMES);
    await installation.db.prisma.membership.createMany({
      data: people.map(([userId, name]) => ({
        courseId,
        userId,
        name,
        email: `${userId}@example.edu`,
        roles: [],
      })),
    });
    return courseId;
  }

  const userIds = async (courseId: string, q?: string) =>
    (await walk((cursor) => listMembers(caller, { courseId, q, cursor, limit: 1 }))).map(
      ({ userId }) => userId,
    );

  test("come by name, and under their user ID where they have none", async () => {
    const courseId = await courseOf(4);
    expect(await userIds(courseId)).toEqual(["user-3", "user-1", "user-2", "user-4"]);
    expect(await userIds(courseId, "ADA")).toEqual(["user-3"]);
    expect(await userIds(courseId, "Example.edu")).toHaveLength(4);
  });

  test("come by user ID where they are more than can be sorted for each page", async () => {
    const courseId = await courseOf(20_001);
    const all = await listMembers(caller, { courseId });
    expect(all).toMatchObject({ total: 10_000, totalIsCapped: true });
    expect(await userIds(courseId)).toEqual(["user-1", "user-2", "user-3", "user-4"]);
    expect(await userIds(courseId, "example.EDU")).toEqual(await userIds(courseId));
    expect(await userIds(courseId, "noor")).toEqual(["user-1"]);
  });
});
