import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { SERVER_TESTS } from "#lib/bin/suites/server-tests.ts";

test.each(SERVER_TESTS)("%s has tests that run on a server too", (folder) => {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
  expect(names.filter((name) => name.endsWith(".test.ts"))).not.toEqual([]);
});
