import { readFile, readdir } from "node:fs/promises";
import ts from "typescript";

/** A section of a specification, with the tests that hold the library to it. */
export type Section = {
  spec: string;
  /** Empty for a specification that is cited as a whole. */
  number: string;
  title: string;
  file: string;
  tests: string[];
};

export type Conformance = {
  sections: Section[];
  /** Calls such as `test.skip` that would hide a gap. */
  hidden: string[];
};

export const SPECS = [
  "Security Framework 1.0",
  "LTI Core 1.3",
  "RFC 10070",
  "NRPS 2.0",
  "AGS 2.0",
] as const;

const HIDING = new Set(["skip", "skipIf", "only", "todo", "fails", "runIf"]);
const folder = new URL("..", import.meta.url);

/** Reads the conformance tests' titles from their source, without running them. */
export async function readConformance(): Promise<Conformance> {
  const names = (await readdir(folder)).filter((name) => /^(security|nrps|ags)-/.test(name));
  const conformance: Conformance = { sections: [], hidden: [] };
  for (const file of names.sort()) {
    const text = await readFile(new URL(file, folder), "utf8");
    readFileInto(conformance, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  }
  conformance.sections.sort(bySection);
  return conformance;
}

function readFileInto({ sections, hidden }: Conformance, source: ts.SourceFile): void {
  const visit = (node: ts.Node, section: Section | undefined): void => {
    const call = ts.isCallExpression(node) ? readCall(node) : undefined;
    if (call) hidden.push(...call.hiding.map((word) => `${source.fileName}: ${word}`));
    if (call?.name === "describe") {
      const found = { ...parseTitle(call.title, source.fileName), tests: [] };
      sections.push(found);
      return ts.forEachChild(node, (child) => visit(child, found));
    }
    if (call?.name === "test") {
      if (!section) throw new Error(`${source.fileName}: "${call.title}" is in no section`);
      section.tests.push(call.title);
    }
    ts.forEachChild(node, (child) => visit(child, section));
  };
  visit(source, undefined);
}

/** `test("…")`, `describe("…")` or `test.each(…)("…")`; anything else is none. */
function readCall(node: ts.CallExpression) {
  const [title] = node.arguments;
  const words: string[] = [];
  let callee: ts.Expression = node.expression;
  while (!ts.isIdentifier(callee)) {
    if (ts.isPropertyAccessExpression(callee)) words.push(callee.name.text);
    else if (!ts.isCallExpression(callee)) return undefined;
    callee = callee.expression;
  }
  if (callee.text !== "test" && callee.text !== "describe") return undefined;
  const hiding = words.filter((word) => HIDING.has(word));
  if (!title || !ts.isStringLiteralLike(title)) return { name: "", title: "", hiding };
  return { name: callee.text, title: title.text, hiding };
}

function parseTitle(title: string, file: string): Omit<Section, "tests"> {
  const spec = SPECS.find((name) => title.startsWith(`${name} `));
  if (!spec) throw new Error(`${file}: "${title}" names no specification`);
  const match = /^(?:§([\d.]+) )?(.+)$/.exec(title.slice(spec.length + 1));
  return { spec, number: match?.[1] ?? "", title: match?.[2] ?? "", file };
}

function bySection(a: Section, b: Section): number {
  const order = (spec: string) => SPECS.findIndex((name) => name === spec);
  return order(a.spec) - order(b.spec) || a.number.localeCompare(b.number, "en", { numeric: true });
}
