import { createDb, type Database } from "#lib/db/client.ts";
import { migrate } from "#lib/db/migrate/index.ts";
import { cloneTemplate, dropDatabase, ensureTemplate } from "#tests/support/database-template.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import type { BenchServer } from "./stage.ts";

/**
 * A database that stays for the next run of the benchmark, made by `fill` when there is none.
 * One that was filled under earlier migrations gets those it lacks.
 */
export async function keepBenchDatabase(
  server: BenchServer,
  name: string,
  fill: (db: Database) => Promise<void>,
): Promise<TestDatabase> {
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  if (await isFilled(server, name)) await migrate(url.href);
  else {
    await dropDatabase(server.url, name);
    await cloneTemplate({
      serverUrl: server.url,
      template: await ensureTemplate(server.url),
      name,
    });
  }
  const db = createDb({ url: url.href, maxConnections: 20 });
  if (!(await isFilled(server, name))) {
    await fill(db);
    await db.execute(`COMMENT ON DATABASE ${name} IS '${FILLED}'`);
  }
  return { url: url.href, db, drop: () => db.close() };
}

const FILLED = "filled to its end";

async function isFilled(server: BenchServer, name: string): Promise<boolean> {
  const db = createDb({ url: server.url, maxConnections: 1 });
  try {
    const found = await db.execute(
      `SELECT FROM pg_database
        WHERE datname = $1 AND shobj_description(oid, 'pg_database') = $2`,
      [name, FILLED],
    );
    return found === 1;
  } finally {
    await db.close();
  }
}
