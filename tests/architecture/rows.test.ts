import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parse, parseText, sourceFiles } from "./imports.ts";

/** Where rows get their type: by the shape that is declared for them. */
const DOOR = ["lib/db/client.ts", "lib/db/rows/query.ts", "lib/db/rows/check.ts"];

/** Where a library reads the rows of its own statements. */
const OF_A_LIBRARY = ["lib/sync/queue/queues.ts"];

const SOURCES = [...sourceFiles("lib"), ...sourceFiles("app")]
  .filter((file) => !DOOR.includes(file))
  .map(parse);
const PRISMA_RAW = /^\$(query|execute)Raw/;
const ROWS = new Set(["rows", "rowsOfConnection", "rowsOver"]);

/** What of a source file would let rows have a type that nobody compares with them. */
function uncheckedIn(source: ts.SourceFile): string[] {
  const found: string[] = [];
  const rowNames = namesOfRows(source);
  const report = (node: ts.Node, what: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${source.fileName}:${line + 1} ${what}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && PRISMA_RAW.test(node.name.text))
      report(node, "runs SQL through Prisma");
    if (isCallOf(node, "query") && !isResultUnused(node))
      report(node, "reads rows of a connection without a shape");
    if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node)) {
      if (isCallOfRows(bare(node.expression))) report(node, "casts rows");
      if (rowNames.has(bare(node.expression).getText())) report(node, "casts rows");
      if (isOfShapes(node.type)) report(node, "casts a shape");
    }
    if (ts.isCallExpression(node) && node.typeArguments && isCallOfRows(node))
      report(node, "gives rows a type argument");
    if (ts.isImportSpecifier(node) && node.name.text === "anyRow")
      if (!OF_A_LIBRARY.includes(source.fileName)) report(node, "declares no columns");
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isOfShapes(type: ts.TypeNode): boolean {
  return /\b(Shape|Column|ColumnType)</.test(type.getText());
}

/** Variables that hold rows, and those that hold one of them. */
function namesOfRows(source: ts.SourceFile): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer && isCallOfRows(bare(node.initializer)))
      for (const name of boundNames(node.name)) names.add(name);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? boundNames(each.name) : []));
}

function isCallOf(node: ts.Node, name: string): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === name
  );
}

function isCallOfRows(node: ts.Node): boolean {
  if (!ts.isCallExpression(node)) return false;
  const { expression } = node;
  const called = ts.isPropertyAccessExpression(expression) ? expression.name : expression;
  return ts.isIdentifier(called) && ROWS.has(called.text);
}

/** Without `await`, `!`, parentheses, further casts, and what is taken out of the whole. */
function bare(node: ts.Expression): ts.Expression {
  if (
    ts.isAwaitExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isElementAccessExpression(node)
  )
    return bare(node.expression);
  return node;
}

/** `await connection.query("BEGIN")`, with a `catch` or without. */
function isResultUnused(call: ts.CallExpression): boolean {
  let node: ts.Node = call;
  while (
    ts.isAwaitExpression(node.parent) ||
    (ts.isPropertyAccessExpression(node.parent) && node.parent.name.text === "catch") ||
    (ts.isCallExpression(node.parent) && node.parent.expression === node)
  )
    node = node.parent;
  return ts.isExpressionStatement(node.parent);
}

describe("rows of the database", () => {
  test("get their type by the shape that is declared for them, and nowhere else", () => {
    expect(SOURCES.flatMap(uncheckedIn)).toEqual([]);
  });

  test("are read in many places", () => {
    let calls = 0;
    const visit = (node: ts.Node): void => {
      if (isCallOfRows(node)) calls += 1;
      ts.forEachChild(node, visit);
    };
    for (const source of SOURCES) visit(source);
    expect(calls).toBeGreaterThan(100);
  });

  test.each([
    ["db.prisma.$queryRaw<{ id: string }[]>`SELECT 1`", "runs SQL through Prisma"],
    ["await db.prisma.$executeRawUnsafe('')", "runs SQL through Prisma"],
    ["const { rows } = await client.query<{ id: string }>('')", "without a shape"],
    ["const result = await pool.query('')", "without a shape"],
    ["return client.query('')", "without a shape"],
    ["const all = (await db.rows(idRow, '')) as Found[]", "casts rows"],
    ["const first = (await db.rows(idRow, ''))[0]! as Found", "casts rows"],
    ["const rows = await tx.rows(idRow, ''); f(rows as Found[])", "casts rows"],
    ["const [row] = await tx.rows(idRow, ''); f(row as unknown as Found)", "casts rows"],
    ["await db.rows<typeof idRow>(idRow, '')", "gives rows a type argument"],
    ["const shape = { columns: {} } as Shape<Found>", "casts a shape"],
    ["import { anyRow } from '../rows/shape.ts'", "declares no columns"],
  ])("cannot have one of their own: %s", (text, problem) => {
    expect(uncheckedIn(parseText("lib/db/example.ts", text))).toContainEqual(
      expect.stringContaining(problem),
    );
  });

  test.each([
    "await client.query('BEGIN')",
    "await client.query('ROLLBACK').catch(() => undefined)",
    "const rows = await db.rows(idRow, ''); const words = [] as string[]",
  ])("may be left alone: %s", (text) => {
    expect(uncheckedIn(parseText("lib/db/example.ts", text))).toEqual([]);
  });
});
