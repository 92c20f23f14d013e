import { readFileSync, writeFileSync } from "node:fs";
import { accessTables } from "./tables.ts";

/** Writes the tables of doors into docs/security.md, between its marks. */
const FILE = "docs/security.md";
const table = ([head, ...rows]: string[][]) =>
  [head!, head!.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const [before = "", , after = ""] = readFileSync(FILE, "utf8").split(/<!-- doors -->/);
const tables = accessTables().map(table).join("\n\n");
writeFileSync(FILE, [before, `\n\n${tables}\n\n`, after].join("<!-- doors -->"));
