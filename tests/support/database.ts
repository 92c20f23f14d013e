import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { createDb, type Database } from "#lib/db/client.ts";
import { cloneTemplate, dropDatabase } from "./database-template.ts";

export interface TestDatabase {
  url: string;
  db: Database;
  /** Closes `db` and removes the database. */
  drop(): Promise<void>;
}

/** A migrated database of the test file's own, on the server that the whole run shares. */
export async function createTestDatabase(options?: {
  maxConnections?: number;
}): Promise<TestDatabase> {
  const { serverUrl, template } = inject("database");
  const name = `rollbook_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const url = await cloneTemplate({ serverUrl, template, name });
  const db = createDb({ url, maxConnections: options?.maxConnections, checkRows: true });
  return {
    url,
    db,
    async drop() {
      await db.close();
      await dropDatabase(serverUrl, name);
    },
  };
}

/** An empty database, for tests of the migrations themselves. */
export async function createEmptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { serverUrl } = inject("database");
  const name = `rollbook_test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const url = await cloneTemplate({ serverUrl, template: "template0", name });
  return { url, drop: () => dropDatabase(serverUrl, name) };
}

/** Runs plain SQL on `url` over a connection of its own. */
export async function querySql<Row extends pg.QueryResultRow>(
  url: string,
  sql: string,
  values?: unknown[],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
