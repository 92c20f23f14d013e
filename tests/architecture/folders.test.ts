import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { sourceFiles } from "./imports.ts";

const MOST = 8;

/** Lists with one file for each entry, which have no rooms to be sorted into. */
const LISTS = {
  "lib/bin": "a command of package.json",
  "lib/platforms/lms": "an LMS",
};

const FILES = ["lib", "components", "app"].flatMap(sourceFiles);

test("no folder holds more than eight files, apart from lists of one kind of thing", () => {
  expect(tooFull(FILES)).toEqual([]);
});

test("every file of the list of commands is one", () => {
  const { scripts, bin } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: Record<string, string>;
    bin: Record<string, string>;
  };
  const commands = [...Object.values(scripts), ...Object.values(bin)].join("\n");
  const files = FILES.filter((file) => path.dirname(file) === "lib/bin");
  expect(files.filter((file) => !commands.includes(file))).toEqual([]);
});

test("a folder that is too full is named with its number of files", () => {
  const nine = Array.from({ length: MOST + 1 }, (_, index) => `lib/room/${index}.ts`);
  expect(tooFull([...nine, "lib/room/part/a.ts", "lib/bin/a.ts"])).toEqual(["lib/room: 9"]);
  expect(tooFull(nine.slice(1))).toEqual([]);
});

function tooFull(files: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = path.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([folder, count]) => count > MOST && !Object.hasOwn(LISTS, folder))
    .map(([folder, count]) => `${folder}: ${count}`);
}
