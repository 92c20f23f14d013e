import { existsSync } from "node:fs";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { parse, sourceFiles } from "../imports.ts";
import { actionFiles, isExported } from "./action-files.ts";
import { ACTS, type Consequence } from "./table.ts";

const DIALOGS = ["ConfirmAct", "ActOnMany", "ConfirmByName"];

const files = actionFiles();
const rows = Object.entries(ACTS).flatMap(([folder, acts]) =>
  Object.entries(acts).map(([name, consequence]) => ({ folder, name, consequence })),
);

test("every server action has a row with what it leads to, and every row an action", () => {
  const offered = files.flatMap(({ folder, names }) => names.map((name) => `${folder}#${name}`));
  expect(rows.map(({ folder, name }) => `${folder}#${name}`).sort()).toEqual(offered.sort());
});

test("what another act undoes names an act of the table", () => {
  for (const { folder, name, consequence } of rows)
    if (consequence.is === "undone")
      expect(actNamed(folder, consequence.by), `${folder}#${name}`).toBeDefined();
});

const asking = rows.flatMap(({ consequence, ...row }) =>
  consequence.is === "asks" || consequence.is === "typed" ? [{ ...row, consequence }] : [],
);

describe.each(asking)("$folder $name", ({ consequence }) => {
  test("leads to what its row says", () => {
    expect(existsSync(consequence.at), consequence.at).toBe(true);
    const bound = boundTo(consequence);
    expect(bound).not.toEqual([]);
    if (consequence.is === "typed")
      expect(bound.every(({ props }) => props.some(isTypedName))).toBe(true);
  });
});

test("what is lost for good has its name checked by the server too", () => {
  for (const { folder, name, consequence } of rows)
    if (consequence.is === "typed") {
      const { file } = files.find((each) => each.folder === folder)!;
      expect(bodyOf(parse(file), name), `${folder}#${name}`).toContain("confirmation");
    }
});

test("nothing destructive is the blue button", () => {
  const wrong = sourceFiles("components").flatMap((file) =>
    elementsOf(parse(file))
      .filter(({ tag, props }) => DIALOGS.includes(tag) && isBlueDanger(props))
      .map(() => file),
  );
  expect(wrong).toEqual([]);
});

const isTypedName = (prop: string) => prop.startsWith("typedName=") || prop.startsWith("name=");

/** The opener may be blue only where the dialog's own button says that nothing is lost. */
function isBlueDanger(props: string[]): boolean {
  return props.includes('look="primary"') && !props.includes('tone="go"');
}

function actNamed(folder: string, by: string): Consequence | undefined {
  const [place, name] = by.includes("#") ? by.split("#") : [folder, by];
  return ACTS[place!]?.[name!];
}

function boundTo({ at, action }: { at: string; action: string }) {
  const wanted = action === "props" ? "{...props}" : `action={${action}}`;
  return elementsOf(parse(at)).filter(
    ({ tag, props }) => DIALOGS.includes(tag) && props.includes(wanted),
  );
}

type Element = { tag: string; props: string[] };

function elementsOf(source: ts.SourceFile): Element[] {
  const found: Element[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) {
      const props = node.attributes.properties.map((prop) => prop.getText(source));
      found.push({ tag: node.tagName.getText(source), props });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function bodyOf(source: ts.SourceFile, name: string): string {
  const found = source.statements.find(
    (each) => isExported(each) && new RegExp(`\\b${name} =`).test(each.getText(source)),
  );
  return found?.getText(source) ?? "";
}
