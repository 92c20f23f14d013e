import ts from "typescript";
import { describe, expect, test } from "vitest";
import { ROUTES } from "../../app/_server/rest/routes/index.ts";
import { importsOf, isServerAction, parse, sourceFiles } from "./imports.ts";

/** Those that have no twin in the API, and why. */
const FOR_PEOPLE: Record<string, string> = {
  createFirstOperator: "an API key needs an installation that somebody has set up",
  hasOperator: "tells the sign-in page from the first-run page",
  choosePassword: "whoever has the link is not known before, and has no key",
  checkNewPassword: "a password belongs to the person who is signed in",
  recordPasswordChange: "a password belongs to the person who is signed in",
  beginApp: "an app belongs to the person who is signed in",
  confirmApp: "an app belongs to the person who is signed in",
  renewRecoveryCodes: "recovery codes belong to the person who is signed in",
  removeApp: "an app belongs to the person who is signed in",
  beginPasskey: "a passkey belongs to the person who is signed in",
  addPasskey: "a passkey belongs to the person who is signed in",
  renamePasskey: "a passkey belongs to the person who is signed in",
  removePasskey: "a passkey belongs to the person who is signed in",
  offersPasskeys: "tells the sign-in page what to offer",
  readBlackout: "reads what is typed in a form, as the API reads a blackout's fields",
  decodeCsv: "reads an uploaded file, as the API reads a body",
};

const ROUTE_FILES = sourceFiles("app/_server/rest/routes");
const ACTION_FILES = sourceFiles("app").filter((file) => isServerAction(parse(file)));

describe("server actions and REST routes", () => {
  const offered = new Set(ROUTE_FILES.flatMap(operationsUsedIn));
  const reachable = ACTION_FILES.flatMap((file) =>
    [file, ...helpersOf(file)].flatMap(operationsUsedIn).map((name) => ({ file, name })),
  );

  test("there are some of both", () => {
    expect(ACTION_FILES.length).toBeGreaterThan(2);
    expect(offered.size).toBeGreaterThan(25);
  });

  test("what an action does, the API does", () => {
    const missing = reachable.filter(({ name }) => !offered.has(name) && !(name in FOR_PEOPLE));
    expect(missing.map(({ file, name }) => `${name} in ${file} has no route`)).toEqual([]);
  });

  test("no two routes share a method and a path, or a name", () => {
    const places = ROUTES.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(places).size).toBe(places.length);
    const ids = ROUTES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

/** Files of app that an action imports, where the operation may be called instead. */
function helpersOf(file: string): string[] {
  return importsOf(file)
    .filter(({ to, isTypeOnly }) => to.startsWith("app/") && !isTypeOnly)
    .map(({ to }) => to);
}

/** The functions of lib/operations that a file uses, by their names there. */
function operationsUsedIn(file: string): string[] {
  const source = parse(file);
  return importsOf(file)
    .filter(({ to, isTypeOnly }) => isOperations(to) && !isTypeOnly)
    .flatMap(({ to, names }) => (names.includes("*") ? membersUsedOf(source, to) : names))
    .filter((name) => /^[a-z]/.test(name));
}

function isOperations(file: string): boolean {
  return file.startsWith("lib/operations/") && !/(schema|fields|errors)\.ts$/.test(file);
}

/** With `import * as courses`, the names after `courses.` */
function membersUsedOf(source: ts.SourceFile, to: string): string[] {
  const alias = source.statements
    .filter(ts.isImportDeclaration)
    .filter(({ moduleSpecifier }) => moduleSpecifier.getText(source).slice(2, -1) === to)
    .flatMap(({ importClause }) => importClause?.namedBindings ?? [])
    .find(ts.isNamespaceImport)?.name.text;
  const members: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText(source) === alias) {
      members.push(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return members;
}
