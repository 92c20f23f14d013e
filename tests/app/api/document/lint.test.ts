import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writtenDocument } from "./written.ts";

const run = promisify(execFile);
const redocly = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rollbook-openapi-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Linted = { totals: { errors: number; warnings: number }; problems: { message: string }[] };

/** What a public linter says of a document, under the rules that it recommends. */
async function lint(document: object): Promise<Linted> {
  const file = path.join(folder, "openapi.json");
  await writeFile(file, JSON.stringify(document));
  const given = [redocly, "lint", file, "--extends=recommended", "--format=json"];
  const env = { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" };
  const { stdout } = await run(process.execPath, given, { env, cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return JSON.parse(stdout) as Linted;
}

test("a public linter finds no error in the document, and nothing to warn of", async () => {
  const { totals, problems } = await lint(writtenDocument());
  expect(problems.map(({ message }) => message)).toEqual([]);
  expect(totals).toMatchObject({ errors: 0, warnings: 0 });
}, 180_000);

test("the linter would find what is missing", async () => {
  const { info: _, ...without } = writtenDocument() as { info: object };
  expect((await lint(without)).totals.errors).toBeGreaterThan(0);
}, 180_000);
