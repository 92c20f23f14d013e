import { describe, expect, test } from "vitest";
import { readConformance } from "./support/sections.ts";
import { readPage, renderTable } from "./support/table.ts";

/** What the checklist of the three specifications asks of a tool's service clients. */
const DEMANDED = [
  "Security Framework 1.0 3 4.1 4.1.1 4.1.1.1 6.1 6.3 6.4 7.1.1",
  "NRPS 2.0 2.1 2.2 2.3 2.4 2.4.1 2.4.2 2.4.3 3 3.1 3.2 3.3 3.6.1.1 3.6.1.2",
  "AGS 2.0 3.1 3.1.2 3.2 3.2.1 3.2.3 3.2.4 3.2.5 3.2.6 3.2.7 3.2.8 3.2.9 3.2.10 3.2.11 3.2.12",
  "AGS 2.0 3.2.13 3.2.14 3.2.15 3.3.1 3.3.2 3.3.4 3.3.5 3.3.6 3.4.1 3.4.2 3.4.3 3.4.4 3.4.5",
  "AGS 2.0 3.4.6 3.4.7 3.4.8 3.4.9 3.4.10 3.4.11 4.3 4.5",
].flatMap((line) => {
  const [spec, numbers = ""] = line.split(/(?<=\d\.0) /);
  return numbers.split(" ").map((number) => `${spec} §${number}`);
});

describe("docs/conformance.md", () => {
  test("is what the tests say; npm run docs:conformance makes it anew", async () => {
    expect(await readPage()).toBe(await renderTable());
  });

  test("has a test for every section that is demanded", async () => {
    const { sections } = await readConformance();
    const covered = new Map(
      sections.map(({ spec, number, tests }) => [`${spec} §${number}`, tests.length]),
    );
    expect(DEMANDED.filter((section) => !covered.get(section))).toEqual([]);
  });

  test("counts on tests that all run", async () => {
    const { sections, hidden } = await readConformance();
    expect(hidden).toEqual([]);
    expect(sections.filter(({ tests }) => tests.length === 0)).toEqual([]);
  });
});
