import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceFiles } from "../../architecture/imports.ts";
import { actionFiles } from "../../architecture/acts/action-files.ts";
import { ACTION_DOORS } from "./actions/table.ts";
import { OTHER_DOORS, VISITOR_ACTIONS } from "./doors.ts";
import { PAGE_DOORS } from "./pages/table.ts";
import { accessTables } from "./tables.ts";

const APP = sourceFiles("app");
const read = (file: string) => readFileSync(file, "utf8");

test("every page and download of the console asks who is there, and has a row that says for whom it is", () => {
  const pages = APP.filter((file) => /^app\/\(admin\)\/.*(page\.tsx|route\.ts)$/.test(file));
  const named = Object.keys(PAGE_DOORS).map((file) => `app/(admin)/${file}`);
  expect(named.sort()).toEqual(pages.sort());
  const open = pages.filter((file) => !/pageCaller\(|redirect\(|readDraft\(/.test(read(file)));
  expect(open).toEqual([]);
});

test("every other page and route has a row that says who may", () => {
  const others = APP.filter((file) => /(page\.tsx|route\.ts)$/.test(file))
    .map((file) => file.replace(/^app\//, ""))
    .filter((file) => !file.startsWith("(admin)/") && !file.startsWith("_server/"));
  expect(Object.keys(OTHER_DOORS).sort()).toEqual(others.sort());
});

test("every server action has a row that says what it needs", () => {
  const offered = actionFiles().flatMap(({ folder, names }) =>
    names.map((name) => `${folder}#${name}`),
  );
  const rows = Object.entries(ACTION_DOORS).flatMap(([folder, acts]) =>
    Object.keys(acts).map((name) => `${folder}#${name}`),
  );
  expect([...rows, ...Object.keys(VISITOR_ACTIONS)].sort()).toEqual(offered.sort());
});

test("every server action is of who is signed in, or named as one for visitors", () => {
  const open = actionFiles().flatMap(({ file, folder, names }) =>
    names.filter((name) => !asksWho(sourceOf(read(file), name))).map((name) => `${folder}#${name}`),
  );
  expect(open.sort()).toEqual(Object.keys(VISITOR_ACTIONS).sort());
});

test("docs/security.md tells the same doors", () => {
  const cellsOf = (line: string) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim());
  const lines = read("docs/security.md").split("<!-- doors -->")[1]!.split("\n");
  const told = lines.filter((line) => line.startsWith("| ")).map(cellsOf);
  expect(told.filter(([first]) => !first!.startsWith("-"))).toEqual(accessTables().flat());
});

function sourceOf(source: string, name: string): string {
  const parts = source.split(/^export (?:const|async function) /m);
  return parts.find((part) => part.startsWith(name)) ?? "";
}

function asksWho(source: string): boolean {
  return /^\w+ = formAction\b|await actionCaller\(\)/.test(source);
}
