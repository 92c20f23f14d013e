import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createDb } from "#lib/db/client.ts";
import { migrate, migrationsFolder, pendingMigrations } from "#lib/db/migrate/index.ts";
import { DatabaseNewer, MigrationEdited, MigrationFailed } from "#lib/db/migrate/errors.ts";
import { createEmptyDatabase, querySql } from "#tests/support/database.ts";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let folder: string;

beforeEach(async () => {
  database = await createEmptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), "rollbook-migrations-"));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, "migration.sql"), sql);
}

async function tables(): Promise<string[]> {
  const rows = await querySql<{ name: string }>(
    database.url,
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  return rows.map((row) => row.name).filter((name) => !name.startsWith("_"));
}

describe("migrate", () => {
  test("applies the product's own migrations and finds nothing to do the second time", async () => {
    await expect(migrate(database.url)).resolves.not.toHaveLength(0);
    await expect(migrate(database.url)).resolves.toEqual([]);
    expect(await tables()).toContain("registration");
  });

  test("applies each migration once when three processes start together", async () => {
    await write("20260101000000_a", "CREATE TABLE a (id int)");
    await write("20260102000000_b", "CREATE TABLE b (id int)");
    const applied = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(applied.flat()).toEqual(["20260101000000_a", "20260102000000_b"]);
    const history = await querySql(database.url, `SELECT 1 FROM "_prisma_migrations"`);
    expect(history).toHaveLength(2);
  });

  test("keeps nothing of a migration that fails, and applies it once it is repaired", async () => {
    await write("20260101000000_a", "CREATE TABLE a (id int)");
    await write("20260102000000_b", "CREATE TABLE b (id int); SELECT no_such_function()");
    await expect(migrate(database.url, folder)).rejects.toBeInstanceOf(MigrationFailed);
    expect(await tables()).toEqual(["a"]);
    await write("20260102000000_b", "CREATE TABLE b (id int)");
    await expect(migrate(database.url, folder)).resolves.toEqual(["20260102000000_b"]);
  });

  test("refuses a migration that was edited after it had been applied", async () => {
    await write("20260101000000_a", "CREATE TABLE a (id int)");
    await migrate(database.url, folder);
    await write("20260101000000_a", "CREATE TABLE a (id bigint)");
    await expect(migrate(database.url, folder)).rejects.toEqual(
      new MigrationEdited("20260101000000_a"),
    );
  });

  test("refuses a database that a newer version has migrated", async () => {
    await write("20260101000000_a", "CREATE TABLE a (id int)");
    await write("20260102000000_b", "CREATE TABLE b (id int)");
    await migrate(database.url, folder);
    await rm(path.join(folder, "20260102000000_b"), { recursive: true });
    await expect(migrate(database.url, folder)).rejects.toEqual(
      new DatabaseNewer(["20260102000000_b"]),
    );
  });
});

describe("pendingMigrations", () => {
  test("names everything on an empty database, and what was added since", async () => {
    await cp(migrationsFolder(), folder, { recursive: true });
    const db = createDb({ url: database.url, checkRows: true });
    try {
      const all = await pendingMigrations(db, folder);
      expect(await migrate(database.url, folder)).toEqual(all);
      expect(await pendingMigrations(db, folder)).toEqual([]);
      await write("20990101000000_later", "CREATE TABLE later (id int)");
      expect(await pendingMigrations(db, folder)).toEqual(["20990101000000_later"]);
    } finally {
      await db.close();
    }
  });
});
