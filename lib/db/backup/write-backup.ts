import { to as copyTo } from "pg-copy-streams";
import type pg from "pg";
import { createClient } from "../pool.ts";
import { appliedMigrations } from "../migrate/index.ts";
import { rowsOfConnection } from "../rows/query.ts";
import { row } from "../rows/shape.ts";
import { int8, text } from "../rows/types.ts";
import { backupTables, quoted, type BackupTable } from "./tables.ts";

/** What stands in a backup's first line. */
export type BackupHeader = { format: 1; version: string; createdAt: string; migrations: string[] };

export const HEADER = "-- Rollbook backup ";
export const FOOTER = "-- end of the backup: ";

/**
 * The whole installation as it is at one moment, in the pieces of a file: what `psql` reads, too.
 * Nobody waits for it, and what is written meanwhile is not part of it.
 */
export async function* backupPieces(
  url: string,
  { version }: { version: string },
): AsyncGenerator<Buffer | string> {
  const client = createClient({ connectionString: url, application_name: "rollbook backup" });
  await client.connect();
  try {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    const migrations = await appliedMigrations(client);
    const createdAt = new Date().toISOString();
    const header: BackupHeader = { format: 1, version, createdAt, migrations };
    yield `${HEADER}${JSON.stringify(header)}\n`;
    const tables = await backupTables(client);
    for (const table of tables) yield* copyOut(client, table);
    yield* sequences(client);
    yield `${FOOTER}${tables.length} tables\n`;
  } finally {
    await client.end();
  }
}

async function* copyOut(client: pg.Client, table: BackupTable): AsyncGenerator<Buffer | string> {
  const columns = table.columns.map(quoted).join(", ");
  yield `COPY ${quoted(table.name)} (${columns}) FROM stdin;\n`;
  const rows = copyTo(`COPY (SELECT ${columns} FROM ${quoted(table.name)}) TO STDOUT`);
  client.query(rows);
  for await (const piece of rows) yield piece as Buffer;
  yield "\\.\n";
}

const sequenceRow = row({ sequence: text, value: int8.nullable });

async function* sequences(client: pg.Client): AsyncGenerator<string> {
  const rows = await rowsOfConnection(
    client,
    sequenceRow,
    `SELECT sequencename::text AS sequence, last_value AS value
       FROM pg_sequences WHERE schemaname = 'public' ORDER BY sequencename`,
  );
  for (const { sequence, value } of rows)
    if (value !== null) yield `SELECT setval('${quoted(sequence)}', ${value}, true);\n`;
}
