import ts from "typescript";
import { expect, test } from "vitest";
import { importsOf, parse, parseText, sourceFiles } from "./imports.ts";

/** Where the classes of errors stand that the engine throws. */
const ENGINE = /^lib\/(?:lti|sync)\/|^lib\/db\/errors\.ts$/;

/** Bundled by Next, with copies of these classes: what the engine throws is of another copy. */
const BUNDLED = [...sourceFiles("lib/operations"), ...sourceFiles("app")];

test("errors of the engine are told by their code where the server bundles code", () => {
  const told = BUNDLED.flatMap((file) => {
    const classes = importsOf(file)
      .filter(({ to, isTypeOnly }) => ENGINE.test(to) && !isTypeOnly)
      .flatMap(({ names }) => names);
    return instancesIn(parse(file))
      .filter((name) => classes.includes(name))
      .map((name) => `${file}: instanceof ${name}`);
  });
  expect(told).toEqual([]);
});

test("an instanceof is seen", () => {
  const source = parseText("made.ts", "if (error instanceof ResourceGone) throw error;");
  expect(instancesIn(source)).toEqual(["ResourceGone"]);
});

function instancesIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      node.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword &&
      ts.isIdentifier(node.right)
    )
      found.push(node.right.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}
