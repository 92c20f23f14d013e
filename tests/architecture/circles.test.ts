import { expect, test } from "vitest";
import { importsOf, sourceFiles } from "./imports.ts";

const FILES = ["lib", "components", "app"].flatMap(sourceFiles);

test("no file imports itself by way of others, types included", () => {
  expect(circleAmong(new Map(FILES.map((file) => [file, targetsOf(file)])))).toEqual([]);
});

test("a circle is found, and what only leads into it is not part of it", () => {
  const circle = circleAmong(
    new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", ["d"]],
      ["d", ["b"]],
    ]),
  );
  expect(circle).toEqual(["b", "c", "d", "b"]);
});

function targetsOf(file: string): string[] {
  return importsOf(file).map(({ to }) => to);
}

/** The first circle found, its first file repeated at the end; empty where there is none. */
function circleAmong(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): string[] => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (done.has(file)) return [];
    path.push(file);
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target);
      if (circle.length > 0) return circle;
    }
    path.pop();
    done.add(file);
    return [];
  };
  for (const file of imports.keys()) {
    const circle = visit(file);
    if (circle.length > 0) return circle;
  }
  return [];
}
