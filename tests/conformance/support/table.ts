import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format, resolveConfig } from "prettier";
import { SPECS, readConformance } from "./sections.ts";
import type { Section } from "./sections.ts";

const root = new URL("../../../", import.meta.url);
const page = new URL("docs/conformance.md", root);

const INTRODUCTION = `# Conformance

Every row is a test. What is sent goes over the wire to the platform simulator, which tells the test what was asked, with which headers and which body; the test also says what became of the reply. The simulator is written from the specifications, without a line of \`lib/\`.

The page is made from the tests by \`npm run docs:conformance\`; a test fails when it is stale, or when one of the tests is skipped.
`;

/** docs/conformance.md as the tests would have it. */
export async function renderTable(): Promise<string> {
  const { sections } = await readConformance();
  const parts = SPECS.map((spec) => {
    const own = sections.filter((section) => section.spec === spec);
    return `## ${spec}\n\n| Section | What holds | Test |\n|-|-|-|\n${own.flatMap(rowsOf).join("\n")}\n`;
  });
  const text = [INTRODUCTION, countOf(sections), ...parts].join("\n");
  return format(text, { ...(await prettierOptions()), parser: "markdown" });
}

export function readPage(): Promise<string> {
  return readFile(page, "utf8");
}

export async function writePage(): Promise<void> {
  await writeFile(page, await renderTable());
}

function countOf(sections: readonly Section[]): string {
  const tests = sections.reduce((sum, section) => sum + section.tests.length, 0);
  return `${sections.length} sections, ${tests} rules.\n`;
}

function rowsOf({ number, title, file, tests }: Section): string[] {
  const name = number === "" ? title : `§${number} ${title}`;
  const link = `[${file.replace(/\.test\.ts$/, "")}](../tests/conformance/${file})`;
  return tests.map((test, index) => {
    const first = index === 0 ? [name, link] : ["", ""];
    return `| ${first[0]} | ${cell(test)} | ${first[1]} |`;
  });
}

// A title of several cases holds the place of a value, such as %s.
function cell(title: string): string {
  return title.replace(/%[sdijofc]/g, "…").replace(/[|*_<>]/g, "\\$&");
}

async function prettierOptions(): Promise<object> {
  return (await resolveConfig(fileURLToPath(page))) ?? {};
}
