import { afterAll, beforeAll, expect, test } from "vitest";
import { API_KEY, startApi, type Api } from "#tests/support/api.ts";
import { serveApi } from "#tests/support/api-server.ts";
import { createEmptyDatabase } from "#tests/support/database.ts";
import { changeCourses } from "#tests/support/feed/changing-courses.ts";
import {
  compareCopy,
  disorderIn,
  eventsKept,
  killOften,
  readToEnd,
} from "#tests/support/feed/killed-consumer.ts";
import { register } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let api: Api;
let platform: PlatformClient;
let server: Awaited<ReturnType<typeof serveApi>>;
let copy: Awaited<ReturnType<typeof createEmptyDatabase>>;

beforeAll(async () => {
  [api, platform, copy] = await Promise.all([
    startApi({ isWorker: true }),
    startPlatform(),
    createEmptyDatabase(),
  ]);
  server = await serveApi();
});
afterAll(async () => {
  server.stop();
  await api.stop();
  await platform.stop();
  await copy.drop();
});

test("a consumer that is killed while everything changes ends with a copy that equals our tables", async () => {
  const { db } = api.runtime;
  const registration = await register({ db }, platform);
  const place = { rollbookUrl: server.url, apiKey: API_KEY };
  const consumer = { ...place, copyUrl: copy.url, limit: 20 };
  const size = { courses: 5, members: 120, rounds: 2 };
  await Promise.all([
    changeCourses({ ...place, db, platform, registration }, size),
    killOften(consumer, { times: 5, withinMs: 150 }),
  ]);
  await readToEnd(consumer);
  const compared = await compareCopy(db, consumer);
  expect(compared.different).toEqual([]);
  expect(compared.members).toBeGreaterThanOrEqual(600);
  expect(compared.scores).toBeGreaterThanOrEqual(550);
  expect(await disorderIn(consumer)).toEqual([]);
  expect(await eventsKept(consumer)).toBeGreaterThanOrEqual(2_000);
}, 240_000);
