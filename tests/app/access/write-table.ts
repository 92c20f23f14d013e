import { readFileSync, writeFileSync } from "node:fs";
import { OTHER_DOORS, REST_DOORS } from "./doors.ts";

/** Writes the tables of doors into docs/security.md, between its marks. */
const FILE = "docs/security.md";
const rest = Object.entries(REST_DOORS).map(([door, [needs, reach]]) => [
  `\`${door}\``,
  `\`${needs}\``,
  reach,
]);
const others = Object.entries(OTHER_DOORS).map(([file, who]) => [`\`${file}\``, who]);
const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

const [before = "", , after = ""] = readFileSync(FILE, "utf8").split(/<!-- doors -->/);
const tables = [
  table(["REST operation", "needs", "reaches"], rest),
  table(["Other door", "who"], others),
].join("\n\n");
writeFileSync(FILE, [before, `\n\n${tables}\n\n`, after].join("<!-- doors -->"));
