import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { querySql } from "#tests/support/database.ts";

let root: string;
let dataDir: string;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "rollbook-damaged-"));
  await chmod(root, 0o755);
  dataDir = path.join(root, "data");
  await (await startEmbedded(dataDir)).stop();
});
afterAll(() => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

/** Starts with another content of a file, and puts back what was in it. */
async function startWith(file: string, content: string) {
  const name = path.join(dataDir, file);
  const before = await readFile(name, "utf8").catch(() => undefined);
  await writeFile(name, content);
  try {
    return await startEmbedded(dataDir);
  } finally {
    if (before === undefined) await rm(name, { force: true });
    else await writeFile(name, before);
  }
}

test("a port that is none is chosen anew", async () => {
  const database = await startWith("port", "garbage\n");
  await expect(querySql(database.url, "SELECT 1 AS one")).resolves.toEqual([{ one: 1 }]);
  await database.stop();
});

test.each([
  ["postgres/data/postmaster.pid", "garbage\n", "is damaged"],
  ["postgres/password", "", "is missing or empty"],
  ["postgres/password", "another", "does not hold the password"],
  ["database-location", "\n", "names no folder"],
])("a damaged %s is named, with what to do", async (file, content, words) => {
  const failure = await startWith(file, content).catch((error: Error) => error);
  expect(failure).toMatchObject({ code: "db.embedded_failed" });
  expect((failure as Error).message).toContain(path.join(dataDir, file));
  expect((failure as Error).message).toContain(words);
});

test("with its files put back it starts again", async () => {
  const database = await startEmbedded(dataDir);
  await expect(querySql(database.url, "SELECT 1 AS one")).resolves.toEqual([{ one: 1 }]);
  await database.stop();
});
