import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type pg from "pg";
import type { Db } from "../client.ts";
import { DatabaseNewer, MigrationEdited, MigrationFailed } from "./errors.ts";
import { createClient } from "../pool.ts";
import { rowsOfConnection } from "../rows/query.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { text, varchar } from "../rows/types.ts";

// The lock and the table are Prisma's, so its own tools can take over at any time.
const migrationLock = 72_707_369;
const createHistory = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export function migrationsFolder(): string {
  return path.join(/* turbopackIgnore: true */ process.cwd(), "prisma/migrations");
}

/**
 * Applies what is missing, and returns the names; any number of processes may call it at once.
 * With `only`, what is missing of these: for a backup of an earlier version.
 */
export async function migrate(
  url: string,
  folder = migrationsFolder(),
  only?: readonly string[],
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = createClient({
    connectionString: url,
    application_name: "rollbook migrations",
  });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(createHistory);
    const missing = missingMigrations(
      migrations,
      historyIn(await rowsOfConnection(client, appliedRow, READ_HISTORY)),
    );
    const wanted = missing.filter(({ name }) => only?.includes(name) ?? true);
    for (const migration of wanted) await applyMigration(client, migration);
    return wanted.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** The names of all migrations of this version, in their order. */
export async function knownMigrations(folder = migrationsFolder()): Promise<string[]> {
  return (await readMigrations(folder)).map(({ name }) => name);
}

/** The names of those that a database has, in their order. */
export async function appliedMigrations(client: pg.ClientBase): Promise<string[]> {
  return [...historyIn(await rowsOfConnection(client, appliedRow, READ_HISTORY)).keys()].sort();
}

const historyRow = row({ history: text.nullable });

/** The names of the migrations that the database still lacks. */
export async function pendingMigrations(db: Db, folder = migrationsFolder()): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const [found] = await db.rows(
    historyRow,
    `SELECT to_regclass('"_prisma_migrations"')::text AS history`,
  );
  const applied = found?.history
    ? historyIn(await db.rows(appliedRow, READ_HISTORY))
    : new Map<string, string>();
  return missingMigrations(migrations, applied).map((migration) => migration.name);
}

function missingMigrations(migrations: Migration[], applied: Map<string, string>): Migration[] {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = [...applied.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) throw new DatabaseNewer(unknown);
  const edited = migrations.find(
    ({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum,
  );
  if (edited) throw new MigrationEdited(edited.name);
  return migrations.filter((migration) => !applied.has(migration.name));
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

const appliedRow = row({ migration_name: varchar, checksum: varchar });

const READ_HISTORY = `
  SELECT migration_name, checksum FROM "_prisma_migrations"
   WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;

function historyIn(rows: RowOf<typeof appliedRow>[]): Map<string, string> {
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function applyMigration(client: pg.Client, { name, sql, checksum }: Migration) {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations"
         (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (cause) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw new MigrationFailed(name, (cause as Error).message, { cause });
  }
}
