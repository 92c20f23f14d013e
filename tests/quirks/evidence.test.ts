import { readFile, readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { gradeFaults } from "#tests/support/platform/faults/grade-faults.ts";
import { gradebookFaults } from "#tests/support/platform/faults/gradebook-faults.ts";
import { rosterFaults } from "#tests/support/platform/faults/roster-faults.ts";
import { tokenFaults } from "#tests/support/platform/faults/token-faults.ts";
import { transportFaults } from "#tests/support/platform/faults/transport-faults.ts";
import { ROWS } from "./support/rows.ts";

/** The source of all tests of a folder, titles and the values that stand in them. */
async function readTests(folder: URL): Promise<string> {
  const names = (await readdir(folder)).filter(
    (name) => name.endsWith(".test.ts") && name !== "evidence.test.ts",
  );
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
  return texts.join("\n");
}

const quirkTests = await readTests(new URL(".", import.meta.url));
const allTests = quirkTests + (await readTests(new URL("../conformance/", import.meta.url)));
/** The faults of the services; those of launches and registrations have tests of their own. */
const faults = [
  ...transportFaults,
  ...tokenFaults,
  ...rosterFaults,
  ...gradeFaults,
  ...gradebookFaults,
];
const kinds = new Set<string>(faults.map(({ shape }) => shape.kind.value));

describe("every known quirk", () => {
  test.each(ROWS)("is cited by a test: $quirk", ({ evidence }) => {
    expect(evidence.filter((source) => !quirkTests.includes(source))).toEqual([]);
  });

  test.each(ROWS)("is switched on in the simulator by a test: $quirk", ({ toggles }) => {
    const wanted = toggles.filter((toggle) => toggle !== "strict");
    expect(wanted.filter((toggle) => !kinds.has(toggle))).toEqual([]);
    expect(wanted.filter((toggle) => !allTests.includes(`"${toggle}"`))).toEqual([]);
  });

  test("is among the rows: no fault of the simulator is without one", () => {
    const used = new Set<string>(ROWS.flatMap(({ toggles }) => toggles));
    // Failures of any server, and replies that the specifications allow or forbid outright.
    const plain = [
      ...["delay", "error_page", "error_json", "content_type", "huge_body"],
      ...["container_defect", "score_reply"],
    ];
    expect([...kinds].filter((kind) => !used.has(kind) && !plain.includes(kind))).toEqual([]);
  });

  test("has a test that no one skips", () => {
    expect(quirkTests).not.toMatch(/\b(?:test|describe)\.(?:skip|only|todo|fails)\b/);
  });
});
