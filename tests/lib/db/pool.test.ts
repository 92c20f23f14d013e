import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createDb, transaction, type Database } from "#lib/db/client.ts";
import { createClient } from "#lib/db/pool.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";
import { startDatabaseProxy, type DatabaseProxy } from "#tests/support/database-proxy.ts";

let database: TestDatabase;
let proxy: DatabaseProxy;
let db: Database;
let uncaught: unknown[];
const note = (error: unknown) => void uncaught.push(error);

beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.execute("CREATE TABLE kept (id int)");
});
afterAll(() => database.drop());
beforeEach(async () => {
  proxy = await startDatabaseProxy(database.url);
  db = createDb({ url: proxy.url, checkRows: true });
  uncaught = [];
  process.prependListener("uncaughtException", note);
});
afterEach(async () => {
  process.off("uncaughtException", note);
  await db.close();
  await proxy.close();
});

async function rows(): Promise<number> {
  const { rows } = await database.db.pool.query<{ n: number }>("SELECT count(*)::int n FROM kept");
  return rows[0]!.n;
}

async function isUsableAgain(): Promise<void> {
  expect(uncaught).toEqual([]);
  proxy.comeUp();
  await expect(db.execute("SELECT 1")).resolves.toBe(1);
}

describe("a database that goes away", () => {
  test("in the middle of a transaction's statement ends the transaction, not the process", async () => {
    const broken = transaction(db, async (tx) => {
      await tx.execute("INSERT INTO kept VALUES (1)");
      setTimeout(() => proxy.goDown(), 50);
      await tx.execute("SELECT pg_sleep(30)");
    });
    await expect(broken).rejects.toThrow(/terminated/);
    expect(await rows()).toBe(0);
    await isUsableAgain();
  });

  test("between two statements is noticed by the next one", async () => {
    const broken = transaction(db, async (tx) => {
      await tx.execute("INSERT INTO kept VALUES (1)");
      proxy.goDown();
      await new Promise((resolve) => setTimeout(resolve, 200));
      await tx.execute("INSERT INTO kept VALUES (2)");
    });
    await expect(broken).rejects.toThrow();
    expect(await rows()).toBe(0);
    await isUsableAgain();
  });

  test("while nobody uses the connection costs nothing", async () => {
    await db.execute("SELECT 1");
    proxy.goDown();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await isUsableAgain();
  });

  test("leaves a client of its own unharmed until it is used", async () => {
    const client = createClient({ connectionString: proxy.url });
    await client.connect();
    proxy.goDown();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(uncaught).toEqual([]);
    await expect(client.query("SELECT 1")).rejects.toThrow();
    await client.end();
  });
});

test("a transaction whose work fails leaves nothing behind, and its connection to others", async () => {
  const failed = transaction(db, async (tx) => {
    await tx.execute("INSERT INTO kept VALUES (1)");
    throw new Error("changed my mind");
  });
  await expect(failed).rejects.toThrow("changed my mind");
  expect(await rows()).toBe(0);
  expect(db.pool.totalCount).toBe(1);
  expect(db.pool.idleCount).toBe(1);
});
