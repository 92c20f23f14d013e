import { expect, test } from "vitest";
import { importsOf, sourceFiles } from "#tests/architecture/imports.ts";

const imports = sourceFiles("lib/lti").flatMap(importsOf);

test("the protocol library imports nothing of the product but the base of its errors", () => {
  const own = imports.filter(({ to }) => /^(app|components|lib|prisma|tests)\//.test(to));
  const foreign = own.filter(({ to }) => !to.startsWith("lib/lti/") && to !== "lib/errors.ts");
  expect(foreign).toEqual([]);
  expect(own.length).toBeGreaterThan(50);
});

test("the protocol library stands on Node and two packages: no Prisma, no Next, no React", () => {
  const packages = imports.map(({ to }) => to).filter((to) => !/^(lib\/|node:)/.test(to));
  expect([...new Set(packages)].sort()).toEqual(["jose", "undici"]);
});
