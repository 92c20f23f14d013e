import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb, type Database } from "#lib/db/client.ts";
import { row } from "#lib/db/rows/shape.ts";
import { timestamptz } from "#lib/db/rows/types.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/database.ts";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await database.db.execute(`ALTER DATABASE ${name} SET timezone TO 'America/New_York'`);
  db = createDb({ url: database.url, checkRows: true });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

test("a time is the same for Prisma and for SQL on a server whose time zone is not UTC", async () => {
  const at = new Date("2026-07-01T12:34:56.789Z");
  await db.prisma.setting.create({ data: { key: "zone", value: true, updatedAt: at } });
  const [stored] = await db.rows(
    row({ at: timestamptz }),
    "SELECT updated_at AS at FROM setting WHERE key = 'zone' AND updated_at = $1",
    [at],
  );
  expect(stored).toEqual({ at });
  expect(await db.prisma.setting.count({ where: { updatedAt: at } })).toBe(1);
});
