import { expect, test } from "vitest";
import { SERVER_TESTS } from "#lib/bin/suites/server-tests.ts";
import { importsOf, sourceFiles } from "./imports.ts";

const DATABASE = "tests/support/database.ts";

test("every test that knows a database is among those that run on a server too", () => {
  const files = new Map(
    sourceFiles("tests").map((file) => [file, importsOf(file).map(({ to }) => to)]),
  );
  const knows = (file: string, seen = new Set<string>()): boolean => {
    if (file === DATABASE) return true;
    if (seen.has(file)) return false;
    seen.add(file);
    return (files.get(file) ?? []).some((to) => knows(to, seen));
  };
  const tests = [...files.keys()].filter((file) => file.endsWith(".test.ts"));
  const withDatabase = tests.filter((file) => knows(file));
  expect(withDatabase.length).toBeGreaterThan(30);
  const isRun = (file: string) => SERVER_TESTS.some((folder) => file.startsWith(`${folder}/`));
  expect(withDatabase.filter((file) => !isRun(file))).toEqual([]);
});
