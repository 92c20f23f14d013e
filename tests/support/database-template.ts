import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { migrate, migrationsFolder } from "#lib/db/migrate/index.ts";

// Any number; it keeps two runs on one server from building the template together.
const templateLock = 72_707_370;

/** Migrates one database per state of the migrations, to be copied for each test file. */
export async function ensureTemplate(serverUrl: string): Promise<string> {
  const template = `rollbook_template_${await hashMigrations()}`;
  await withServer(serverUrl, async (server) => {
    await server.query("SELECT pg_advisory_lock($1)", [templateLock]);
    const { rowCount } = await server.query(
      "SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate",
      [template],
    );
    if (rowCount) return;
    await server.query(`DROP DATABASE IF EXISTS ${template}`);
    await server.query(`CREATE DATABASE ${template}`);
    await migrate(databaseUrl(serverUrl, template));
    await server.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  });
  return template;
}

export async function cloneTemplate(options: {
  serverUrl: string;
  template: string;
  name: string;
}): Promise<string> {
  await withServer(options.serverUrl, (server) =>
    server.query(`CREATE DATABASE ${options.name} TEMPLATE ${options.template}`),
  );
  return databaseUrl(options.serverUrl, options.name);
}

export async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await withServer(serverUrl, (server) =>
    server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  );
}

/** Removes what runs that were killed left behind. */
export async function dropAbandonedDatabases(serverUrl: string): Promise<void> {
  await withServer(serverUrl, async (server) => {
    const { rows } = await server.query<{ datname: string }>(
      `SELECT datname FROM pg_database d WHERE datname LIKE 'rollbook\\_test\\_%'
          AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datid = d.oid)`,
    );
    for (const { datname } of rows) {
      if (!isAlive(Number(datname.split("_")[2]))) await server.query(`DROP DATABASE ${datname}`);
    }
  });
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function withServer(serverUrl: string, work: (server: pg.Client) => Promise<unknown>) {
  const server = new pg.Client({ connectionString: serverUrl });
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

async function hashMigrations(): Promise<string> {
  const hash = createHash("sha256");
  const folders = await readdir(migrationsFolder(), { withFileTypes: true });
  const names = folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  for (const name of names.sort()) {
    hash.update(name);
    hash.update(await readFile(path.join(migrationsFolder(), name, "migration.sql")));
  }
  return hash.digest("hex").slice(0, 12);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
