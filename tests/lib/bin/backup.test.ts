import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { beat, leave } from "#lib/db/system/workers.ts";
import {
  createEmptyDatabase,
  createTestDatabase,
  querySql,
  type TestDatabase,
} from "#tests/support/database.ts";
import { TEST_SECRET } from "#tests/support/installation.ts";

const run = promisify(execFile);

let folder: string;
let file: string;
let source: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rollbook-backup-"));
  file = path.join(folder, "all.sql.gz");
  source = await createTestDatabase();
  await querySql(
    source.url,
    `INSERT INTO registration (id, name, issuer, client_id, token_endpoint, authorization_endpoint, jwks_url, updated_at)
     VALUES (gen_random_uuid(), 'State University', 'https://lms.example.edu', 'tool', 'https://lms.example.edu/t',
       'https://lms.example.edu/a', 'https://lms.example.edu/j', now())`,
  );
});
afterAll(async () => {
  await source.drop();
  await rm(folder, { recursive: true });
});

/** The command as somebody in another folder calls it. */
async function rollbook(url: string, ...args: string[]): Promise<{ code: number; said: string }> {
  const env = { ...process.env, DATABASE_URL: url, ROLLBOOK_SECRET: TEST_SECRET, INIT_CWD: folder };
  const command = path.resolve("lib/bin/rollbook.mjs");
  return run(process.execPath, [command, ...args], { env, cwd: folder }).then(
    ({ stdout, stderr }) => ({ code: 0, said: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
}

const names = (url: string) => querySql(url, `SELECT name FROM registration`);

test("a backup is a file for its owner alone, is never written over, and is restored once", async () => {
  const made = await rollbook(source.url, "backup", "all.sql.gz");
  expect(made).toMatchObject({ code: 0 });
  expect(made.said).toContain("without it no key in the backup opens");
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const before = await readFile(file);
  const again = await rollbook(source.url, "backup", "all.sql.gz");
  expect(again).toMatchObject({ code: 2 });
  expect(again.said).toContain("is there already");
  expect(await readFile(file)).toEqual(before);
  const empty = await createEmptyDatabase();
  const restored = await rollbook(empty.url, "restore", "all.sql.gz");
  expect(restored).toMatchObject({ code: 0 });
  expect(await names(empty.url)).toEqual([{ name: "State University" }]);
  const twice = await rollbook(empty.url, "restore", "all.sql.gz");
  expect(twice).toMatchObject({ code: 2 });
  expect(twice.said).toContain("into an empty database only");
  await empty.drop();
});

test("a file that was cut off, is no backup, or is not there, is refused in a sentence", async () => {
  const whole = await readFile(file);
  await writeFile(path.join(folder, "cut.sql.gz"), whole.subarray(0, whole.length - 200));
  await writeFile(path.join(folder, "other.txt"), "no backup at all");
  const empty = await createEmptyDatabase();
  for (const name of ["cut.sql.gz", "other.txt", "nowhere.sql.gz"]) {
    const { code, said } = await rollbook(empty.url, "restore", name);
    expect(code).toBe(2);
    expect(said).toMatch(/^Nothing was restored: this backup cannot be read: .*\.\n$/);
  }
  await empty.drop();
});

test("a move waits until Rollbook is stopped, and then has everything on the server", async () => {
  const target = await createEmptyDatabase();
  const worker = { id: crypto.randomUUID(), host: "here", pid: 1 };
  await beat(source.db, worker);
  const refused = await rollbook(source.url, "move", target.url);
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.said).toContain("Stop Rollbook first");
  await leave(source.db, worker.id);
  const moved = await rollbook(source.url, "move", target.url);
  expect(moved).toMatchObject({ code: 0 });
  expect(await names(target.url)).toEqual([{ name: "State University" }]);
  expect(await names(source.url)).toEqual([{ name: "State University" }]);
  await target.drop();
});

test("what is no command lists those that there are", async () => {
  const { code, said } = await rollbook(source.url, "destroy");
  expect(code).toBe(1);
  for (const name of ["backup", "restore", "move", "doctor", "let-in"])
    expect(said).toContain(name);
});
