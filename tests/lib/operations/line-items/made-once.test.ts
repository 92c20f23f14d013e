import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { importLineItems } from "#lib/operations/line-items/line-items.ts";
import {
  addCourse,
  register,
  startInstallation,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installations: Installation[];
let registration: Awaited<ReturnType<typeof register>>;

/** Three engines with locks of their own on one database, as three processes have them. */
beforeAll(async () => {
  [platform, installations] = await Promise.all([startPlatform(), startThree()]);
  registration = await register(installations[0]!, platform);
});
afterAll(async () => {
  for (const { engine } of installations.slice(1)) await engine.stop();
  await installations[0]!.stop();
  await platform.stop();
});

async function startThree(): Promise<Installation[]> {
  const first = await startInstallation({ isWorker: false });
  const others = [1, 2].map(() => startInstallation({ isWorker: false, database: first.database }));
  return [first, ...(await Promise.all(others))];
}

const emptyCourse = () =>
  addCourse(installations[0]!, platform, registration, { members: 1, lineItems: 0 });

function add(
  courseId: string,
  input: { label?: string; resourceId?: string; tag?: string },
  at = 0,
) {
  const wanted = { label: "Quiz 1", scoreMaximum: 10, ...input };
  return addLineItem(callerOf(installations[at % 3]!), { courseId, ...wanted });
}

/** As another process of the installation does. */
async function addElsewhere(
  url: string,
  courseId: string,
  times: number,
): Promise<{ id: string; wasCreated: boolean }[]> {
  const args = ["--import", "tsx", "tests/support/add-line-items.ts", url, courseId, String(times)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout);
}

const rows = (courseId: string) =>
  installations[0]!.db.prisma.lineItem.findMany({ where: { courseId } });

describe("a line item without a URL", () => {
  test("is made once by 50 calls over three engines, with a resource ID and without", async () => {
    for (const input of [{ resourceId: "quiz-1", tag: "grade" }, {}]) {
      const { course, contextId } = await emptyCourse();
      const calls = Array.from({ length: 50 }, (_, at) => add(course.id, input, at));
      const added = await Promise.all(calls);
      expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
      expect(await rows(course.id)).toHaveLength(1);
      expect(new Set(added.map(({ id }) => id)).size).toBe(1);
      expect(added.filter(({ wasCreated }) => wasCreated)).toHaveLength(1);
    }
  });

  test("is made once by 51 calls of three processes", async () => {
    const { course, contextId } = await emptyCourse();
    const { url } = installations[0]!.database;
    const added = (await Promise.all([1, 2, 3].map(() => addElsewhere(url, course.id, 17)))).flat();
    expect(added).toHaveLength(51);
    expect(new Set(added.map(({ id }) => id)).size).toBe(1);
    expect(added.filter(({ wasCreated }) => wasCreated)).toHaveLength(1);
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
  });

  test("is another one under another tag, resource ID or label", async () => {
    const { course, contextId } = await emptyCourse();
    const inputs = [
      { resourceId: "a" },
      { resourceId: "a", tag: "x" },
      { resourceId: "b" },
      {},
      { label: "Quiz 2" },
    ];
    await Promise.all(inputs.map((input, at) => add(course.id, input, at)));
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(inputs.length);
  });

  test("that exists is answered as it is, with what differs", async () => {
    const { course, contextId } = await emptyCourse();
    const first = await add(course.id, { resourceId: "quiz-1" });
    expect(first).toMatchObject({ wasCreated: true, differs: [] });
    const again = await add(course.id, { resourceId: "quiz-1", label: "Quiz one" });
    expect(again).toMatchObject({
      id: first.id,
      label: "Quiz 1",
      wasCreated: false,
      differs: ["label"],
    });
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
  });

  test("that the platform has deleted is made again", async () => {
    const { course, contextId } = await emptyCourse();
    const first = await add(course.id, { resourceId: "quiz-1" });
    await platform.removeLineItem({ lineItem: first.url });
    const again = await add(course.id, { resourceId: "quiz-1" });
    expect(again.wasCreated).toBe(true);
    expect(again.id).not.toBe(first.id);
    const [gone] = (await rows(course.id)).filter(({ id }) => id === first.id);
    expect(gone?.goneAt).not.toBeNull();
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
  });
});

describe("an import", () => {
  test("takes what the platform says, and keeps the tag and link that it leaves out", async () => {
    const [installation] = installations;
    const given = { members: 1, lineItems: 1 };
    const { course, lineItems } = await addCourse(installation!, platform, registration, given);
    const { prisma } = installation!.db;
    const where = { id: lineItems[0]!.id };
    const ours = { tag: "grade", resourceLinkId: "link-1" };
    await prisma.lineItem.update({ where, data: { ...ours, resourceId: "old", label: "Old" } });
    const caller = callerOf(installation!);
    const imported = await importLineItems(caller, { courseId: course.id });
    expect(imported).toMatchObject({ added: 0, updated: 1 });
    const { label } = lineItems[0]!;
    const told = { label, resourceId: "assignment-1" };
    expect(await prisma.lineItem.findUniqueOrThrow({ where })).toMatchObject({ ...told, ...ours });
    // What says the same is not written again.
    expect(await importLineItems(caller, { courseId: course.id })).toMatchObject({ updated: 0 });
  });
});
