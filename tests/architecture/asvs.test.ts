import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const STATES = ["met", "not applicable", "not met"];

const page = readFileSync("docs/asvs.md", "utf8");
const rows = page
  .split("\n")
  .filter((line) => /^\| \d/.test(line))
  .map((line) => {
    const [number = "", asks = "", state = "", where = "", tests = ""] = line
      .split("|")
      .slice(1)
      .map((cell) => cell.trim());
    return { number, asks, state, where, tests };
  });

test("every requirement of levels 1 and 2 has one row, with a state and a reason", () => {
  expect(new Set(rows.map(({ number }) => number)).size).toBe(253);
  expect(rows).toHaveLength(253);
  for (const { number, asks, state, where } of rows)
    expect({ number, isComplete: STATES.includes(state) && asks !== "" && where !== "" }).toEqual({
      number,
      isComplete: true,
    });
});

test("the sums on the page are right", () => {
  const [met, notApplicable, notMet] = STATES.map(
    (state) => rows.filter((row) => row.state === state).length,
  );
  expect(page).toContain(
    `${rows.length} requirements, of which ${met} are met, ${notApplicable} do not apply and ${notMet} are not met`,
  );
});

test("every test that is named exists", () => {
  const named = rows.flatMap(({ tests }) =>
    [...tests.matchAll(/`([^`]+)`/g)].map(([, name]) => name!),
  );
  expect(named.length).toBeGreaterThan(150);
  expect(named.filter((name) => !existsSync(name))).toEqual([]);
});
