import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "../../architecture/imports.ts";
import { OTHER_DOORS, REST_DOORS, VISITOR_ACTIONS } from "./doors.ts";

const APP = sourceFiles("app");
const read = (file: string) => readFileSync(file, "utf8");

test("every page and download of the console asks who is there", () => {
  const pages = APP.filter((file) => /^app\/\(admin\)\/.*(page\.tsx|route\.ts)$/.test(file));
  expect(pages.length).toBeGreaterThan(25);
  const open = pages.filter((file) => !/pageCaller\(|redirect\(|readDraft\(/.test(read(file)));
  expect(open).toEqual([]);
});

test("every other page and route has a row that says who may", () => {
  const others = APP.filter((file) => /(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.replace(/^app\//, ""))
    .filter((file) => !file.startsWith("(admin)/") && !file.startsWith("_server/"));
  expect(Object.keys(OTHER_DOORS).sort()).toEqual(others.sort());
});

test("every server action is of who is signed in, or named as one for visitors", () => {
  const actions = APP.map(read)
    .filter((source) => source.startsWith('"use server"'))
    .flatMap((source) => source.split(/^export (?:const|async function) /m).slice(1));
  expect(actions.length).toBeGreaterThan(70);
  const open = actions
    .filter((source) => !/^\w+ = formAction\b|await actionCaller\(\)/.test(source))
    .map((source) => /^\w+/.exec(source)?.[0]);
  expect(open.sort()).toEqual(Object.keys(VISITOR_ACTIONS).sort());
});

test("docs/security.md tells the same doors", () => {
  const told = read("docs/security.md");
  for (const [door, [needs, reach]] of Object.entries(REST_DOORS))
    expect(told).toMatch(
      new RegExp(`\\| \`${escaped(door)}\` +\\| \`${needs}\` +\\| ${reach} +\\|`),
    );
  for (const [file, who] of Object.entries(OTHER_DOORS))
    expect(told).toMatch(new RegExp(`\\| \`${escaped(file)}\` +\\| ${escaped(who)} +\\|`));
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
