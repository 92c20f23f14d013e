import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { from as copyFrom } from "pg-copy-streams";
import type pg from "pg";
import { z } from "zod";
import { appliedMigrations, knownMigrations, migrate } from "../migrate/index.ts";
import { createClient } from "../pool.ts";
import { rowsOfConnection } from "../rows/query.ts";
import { row } from "../rows/shape.ts";
import { int4 } from "../rows/types.ts";
import { BackupNewer, BackupUnreadable, DatabaseNotEmpty } from "./errors.ts";
import { BackupLines } from "./lines.ts";
import { backupTables, quoted, type BackupTable } from "./tables.ts";
import { FOOTER, HEADER, type BackupHeader } from "./write-backup.ts";

const Header = z.object({
  format: z.literal(1),
  version: z.string(),
  createdAt: z.string(),
  migrations: z.array(z.string()).min(1),
});

/** One of these says that somebody has begun to use an installation. */
const OF_USE = ["user", "registration", "run", "api_key"];

/**
 * Fills an empty database with a backup, all or nothing, and brings it to this version.
 *
 * @throws BackupUnreadable | BackupNewer | DatabaseNotEmpty  nothing was changed
 */
export async function restoreBackup(
  url: string,
  source: AsyncIterable<Buffer | string>,
): Promise<BackupHeader> {
  const lines = new BackupLines(source);
  const header = headerOf(await lines.next());
  const known = await knownMigrations();
  const unknown = header.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new BackupNewer(unknown);
  await migrate(url, undefined, header.migrations);
  const client = createClient({ connectionString: url, application_name: "rollbook restore" });
  await client.connect();
  try {
    const later = (await appliedMigrations(client)).filter(
      (name) => !header.migrations.includes(name),
    );
    // An older backup does not fit into tables of today; into those of its own version it does.
    if (later.length > 0)
      throw new DatabaseNotEmpty("the tables here are of a later version than the backup");
    await client.query("BEGIN");
    await fill(client, lines);
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
  await migrate(url);
  return header;
}

async function fill(client: pg.Client, lines: BackupLines): Promise<void> {
  const tables = await backupTables(client);
  await requireEmpty(client, tables);
  const all = tables.map(({ name }) => quoted(name));
  // What triggers would write is in the backup already.
  for (const table of all) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
  await client.query(`TRUNCATE ${all.join(", ")}`);
  const byName = new Map(tables.map((table) => [table.name, table]));
  for (;;) {
    const line = await lines.next();
    if (line === undefined) throw new BackupUnreadable("its end is missing");
    if (line.startsWith(FOOTER)) break;
    if (line.startsWith("COPY ")) await copyIn(client, { line, lines, byName });
    else await setSequence(client, line);
  }
  for (const table of all) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
}

const countRow = row({ rows: int4 });

async function requireEmpty(client: pg.Client, tables: BackupTable[]): Promise<void> {
  for (const { name } of tables.filter((table) => OF_USE.includes(table.name))) {
    const [found] = await rowsOfConnection(
      client,
      countRow,
      `SELECT count(*)::int AS rows FROM (SELECT 1 FROM ${quoted(name)} LIMIT 1) AS one`,
    );
    if (found!.rows > 0) throw new DatabaseNotEmpty(`the table ${name} has rows`);
  }
}

async function copyIn(
  client: pg.Client,
  given: { line: string; lines: BackupLines; byName: Map<string, BackupTable> },
): Promise<void> {
  const [, name = "", list = ""] = /^COPY "(\w+)" \((.*)\) FROM stdin;$/.exec(given.line) ?? [];
  const table = given.byName.get(name);
  const columns = list.split(", ").map((column) => column.replaceAll('"', ""));
  if (!table || columns.some((column) => !table.columns.includes(column)))
    throw new BackupUnreadable(`it has a table or column that there is not: ${given.line}`);
  const into = copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(", ")}) FROM STDIN`);
  client.query(into);
  await pipeline(Readable.from(given.lines.rows()), into);
}

async function setSequence(client: pg.Client, line: string): Promise<void> {
  const [, name, value] = /^SELECT setval\('"(\w+)"', (\d+), true\);$/.exec(line) ?? [];
  if (name === undefined) throw new BackupUnreadable(`a line of it says nothing known: ${line}`);
  await client.query("SELECT setval($1, $2, true)", [quoted(name), value]);
}

function headerOf(line: string | undefined): BackupHeader {
  if (!line?.startsWith(HEADER)) throw new BackupUnreadable("it does not begin like one");
  try {
    return Header.parse(JSON.parse(line.slice(HEADER.length)));
  } catch {
    throw new BackupUnreadable("its first line is not one of this version");
  }
}
