import { afterAll, beforeAll, expect, test } from "vitest";
import { ROUTES } from "../../../app/_server/rest/routes/index.ts";
import type { FeedPage } from "#lib/operations/feed/schema.ts";
import { answerApi } from "../../../app/_server/rest/answer.ts";
import { requestOf, startApi, type Api } from "#tests/support/api.ts";
import { plant, type Planted } from "../../lib/operations/privacy/planted.ts";

let api: Api;
let planted: Planted;
let objects: Record<string, string>;

beforeAll(async () => {
  api = await startApi();
  planted = await plant(api.runtime.db, "planted-for-files-1", "Filomele");
  const { prisma } = api.runtime.db;
  const { registrationId, courseId, userId } = planted;
  const where = { where: { courseId } };
  objects = {
    registrationId,
    courseId,
    userId,
    runId: (await prisma.run.findFirstOrThrow(where)).id,
    holdId: (await prisma.hold.findFirstOrThrow(where)).id,
    lineItemId: (await prisma.lineItem.findFirstOrThrow(where)).id,
    webhookId: (await prisma.webhookEndpoint.findFirstOrThrow()).id,
  };
});
afterAll(() => api.stop());

/** Every list that leaves as a file, and every other reading, with all that it says. */
async function everythingRead(): Promise<Record<string, string>> {
  const read: Record<string, string> = {};
  for (const { method, path } of ROUTES) {
    if (method !== "GET" || /people\/data|search/.test(path)) continue;
    const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => objects[name] ?? "none");
    const formats = path.startsWith("/exports/") ? ["?format=csv", "?format=json"] : [""];
    for (const format of formats) {
      const answer = await answerApi(requestOf("GET", `/api/v1${filled}${format}`));
      read[`${path}${format}`] = `${answer.status} ${await answer.text()}`;
    }
  }
  return read;
}

const tellOf = (read: Record<string, string>) =>
  Object.entries(read)
    .filter(([, text]) => planted.words.some((word) => text.includes(word)))
    .map(([path]) => path)
    .sort();

test("an erased person stands in no file, no list and no change of the feed", async () => {
  const before = tellOf(await everythingRead());
  for (const path of [
    "/exports/courses/{courseId}/members?format=csv",
    "/exports/courses/{courseId}/members?format=json",
    "/exports/courses/{courseId}/scores?format=csv",
    "/exports/runs/{runId}/roster-changes?format=csv",
    "/exports/webhooks/{webhookId}/deliveries?format=json",
    "/exports/audit?format=csv",
    "/changes",
  ])
    expect(before).toContain(path);

  const { registrationId, userId } = planted;
  const json = { registrationId, userId };
  expect((await api.ask("POST", "/people/erase", { json })).status).toBe(200);
  const after = await everythingRead();
  expect(tellOf(after)).toEqual([]);
  const opened = Object.entries(after).filter(([path]) => path.startsWith("/exports/"));
  expect(opened.filter(([, text]) => text.startsWith("200 ")).length).toBeGreaterThan(40);
  const { body } = await api.ask<FeedPage>("GET", "/changes?types=person.erased");
  expect(body.items).toHaveLength(1);
});
