import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

type Json = Record<string, unknown> & { packages: Record<string, unknown> };
type Check = { problemsOf(lock: Json, manifest: object): string[] };

const read = (file: string) => JSON.parse(readFileSync(file, "utf8")) as Json;
const script = new URL("../../.ci/supply-chain.mjs", import.meta.url).href;
const { problemsOf } = (await import(script)) as Check;

test("what is installed has an exact version, a checksum and a known licence", () => {
  expect(problemsOf(read("package-lock.json"), read("package.json"))).toEqual([]);
});

test("what has none of these is named", () => {
  const packages = {
    "": {},
    "node_modules/a": { license: "MIT" },
    "node_modules/b": { license: "Proprietary", integrity: "sha512-x" },
    "node_modules/c": { integrity: "sha1-x", license: "(MIT OR ISC)" },
    "node_modules/d": { optional: true, license: "MIT" },
  };
  expect(problemsOf({ packages }, { dependencies: { a: "^1.0.0", b: "1.0.0" } })).toEqual([
    "a has no exact version: ^1.0.0",
    "node_modules/a has no checksum in the lockfile",
    "node_modules/c has a weak checksum",
    "node_modules/b is under Proprietary",
  ]);
});
