import type { Spread } from "./measure.ts";

export function round(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export const spreadWords = ({ median, min, max }: Spread): string =>
  `${round(median)} (${round(min)}–${round(max)})`;

/** Prints a Markdown table, so that it can be pasted into docs/performance.md. */
export function printTable(title: string, rows: readonly Record<string, string>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  console.log(`\n### ${title}\n`);
  console.log(`| ${columns.join(" | ")} |`);
  console.log(`| ${columns.map(() => "---").join(" | ")} |`);
  for (const row of rows) console.log(`| ${columns.map((name) => row[name]).join(" | ")} |`);
}
