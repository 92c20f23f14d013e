import { readFileSync } from "node:fs";
import { twMerge } from "tailwind-merge";
import ts from "typescript";
import { expect, test } from "vitest";
import { sourceFiles } from "../architecture/imports.ts";

const FILES = [...sourceFiles("app"), ...sourceFiles("components")].filter((file) =>
  file.endsWith(".tsx"),
);

/** What stands in a component and no user overrules, unlike its classes with `default:`. */
const OWN: Record<string, string> = ownClasses();

test("no two classes of an element contradict each other", () => {
  expect(FILES.length).toBeGreaterThan(200);
  expect(FILES.flatMap((file) => contradictions(file, readFileSync(file, "utf8")))).toEqual([]);
});

test("a contradiction is found in a list, between parts of it and against a component's own", () => {
  const source = `
    const a = <p className="text-sm text-base" />;
    const b = <p className={cn("text-muted", isBad && "text-bad")} />;
    const c = <p className={cn("p-2", isBad ? "text-bad" : "text-muted")} />;
    const d = <Badge className="rounded-full" />;
    const e = <Badge className="text-bad" />;`;
  const lost = contradictions("page.tsx", source).map((found) => found.split(" in ")[0]);
  expect(lost).toEqual(["page.tsx: text-sm", "page.tsx: text-muted", "page.tsx: rounded"]);
});

function contradictions(file: string, source: string): string[] {
  const found = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node))
      for (const list of classLists(node)) {
        const own = OWN[node.tagName.getText()] ?? "";
        const all = `${own} ${list}`.trim().split(/\s+/);
        const kept = new Set(twMerge(all.join(" ")).split(" "));
        const lost = all.filter((name) => !kept.has(name));
        if (lost.length > 0) found.add(`${file}: ${lost.join(" ")} in “${list}”`);
      }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return [...found];
}

/** Every list of classes that an element may have. */
function classLists(element: ts.JsxOpeningElement | ts.JsxSelfClosingElement): string[] {
  const attribute = element.attributes.properties.find(
    (one) => ts.isJsxAttribute(one) && one.name.getText() === "className",
  );
  if (!attribute || !ts.isJsxAttribute(attribute) || !attribute.initializer) return [];
  const { initializer } = attribute;
  if (ts.isStringLiteral(initializer)) return [initializer.text];
  return ts.isJsxExpression(initializer) && initializer.expression
    ? choices(initializer.expression)
    : [];
}

/** What an expression may come to, as far as it is written out. */
function choices(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return choices(node.expression);
  if (ts.isConditionalExpression(node))
    return [...choices(node.whenTrue), ...choices(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return ["", ...choices(node.right)];
  if (!ts.isCallExpression(node) || node.expression.getText() !== "cn") return [""];
  return node.arguments.reduce<string[]>(
    (lists, argument) =>
      lists.flatMap((list) => choices(argument).map((next) => `${list} ${next}`.trim())),
    [""],
  );
}

/** By component, its first list of classes, where a user can add to it. */
function ownClasses(): Record<string, string> {
  const own: Record<string, string> = {};
  for (const file of sourceFiles("components/ui")) {
    const source = readFileSync(file, "utf8");
    const pattern =
      /function (\w+)\((?:(?!\nfunction ).)*?cn\(\s*"([^"]+)",\s*(?:props\.)?className/gs;
    for (const [, name = "", classes = ""] of source.matchAll(pattern)) own[name] = classes;
  }
  return own;
}
