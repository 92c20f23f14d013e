import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { notify, openChangeFeed, type Change, type ChangeFeed } from "#lib/db/changes.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { startDatabaseProxy, type DatabaseProxy } from "#tests/support/database-proxy.ts";

let database: TestDatabase;
let proxy: DatabaseProxy;
let feed: ChangeFeed;
let heard: Change[];

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  proxy = await startDatabaseProxy(database.url);
  feed = await openChangeFeed(proxy.url);
  heard = [];
  feed.subscribe((change) => heard.push(change));
});
afterEach(async () => {
  await feed.close();
  await proxy.close();
});

const heardSome = () => expect.poll(() => heard, { timeout: 5_000 });

describe("a change feed", () => {
  test("hears what other connections tell", async () => {
    await notify(database.db, { runId: "one" });
    await heardSome().toEqual([{ runId: "one" }]);
  });

  test("looks for a database that is away once a second, and holds nothing open meanwhile", async () => {
    proxy.goDown();
    await new Promise((resolve) => setTimeout(resolve, 5_500));
    expect(proxy.refused).toBeGreaterThan(1);
    expect(proxy.refused).toBeLessThanOrEqual(6);
    await expect.poll(() => proxy.open).toBe(0);
  });

  test("hears again once the database is back, by one connection, and that it was away", async () => {
    proxy.goDown();
    await expect.poll(() => proxy.refused, { timeout: 5_000 }).toBeGreaterThan(1);
    proxy.comeUp();
    await heardSome().toEqual([{}]);
    await notify(database.db, { runId: "two" });
    await heardSome().toEqual([{}, { runId: "two" }]);
    expect(proxy.open).toBe(1);
  });

  test("that was closed while the database was away stays away", async () => {
    proxy.goDown();
    await expect.poll(() => proxy.refused, { timeout: 5_000 }).toBeGreaterThan(0);
    await feed.close();
    const before = proxy.refused;
    proxy.comeUp();
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(proxy.refused).toBe(before);
    expect(proxy.open).toBe(0);
  });
});
