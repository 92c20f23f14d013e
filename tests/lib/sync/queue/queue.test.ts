import { afterAll, beforeAll, expect, test } from "vitest";
import { createRunQueue } from "#lib/sync/queue/index.ts";
import { createTestDatabase, querySql, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
const errors: unknown[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function startAndStop(): Promise<void> {
  const { db, url: databaseUrl } = database;
  const queue = createRunQueue({ db, databaseUrl, onError: (error) => errors.push(error) });
  await queue.start();
  await queue.stop();
}

const settings = () =>
  querySql<{ name: string; expire_seconds: number; heartbeat_seconds: number | null }>(
    database.url,
    `SELECT name, policy, expire_seconds, heartbeat_seconds, retry_limit FROM pgboss.queue
      WHERE name IN ('run', 'bulk', 'schedule') ORDER BY name`,
  );

test("a job may take as long as its worker lives, in a queue of an earlier version too", async () => {
  await startAndStop();
  const fresh = await settings();
  expect(fresh.map(({ name }) => name)).toEqual(["bulk", "run", "schedule"]);
  for (const queue of fresh)
    expect(queue).toMatchObject({ expire_seconds: 86_400, heartbeat_seconds: 10 });
  await querySql(
    database.url,
    "UPDATE pgboss.queue SET expire_seconds = 60, heartbeat_seconds = NULL, retry_limit = 1",
  );
  await startAndStop();
  expect(await settings()).toEqual(fresh);
  expect(errors).toEqual([]);
});
