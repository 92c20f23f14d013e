import { harmless } from "../scores/csv/formulas.ts";

/** Tells spreadsheets that what follows is UTF-8. */
export const BYTE_ORDER_MARK = "\uFEFF";

type Plain = string | number | boolean | bigint;

/**
 * One value of a CSV. Text that a spreadsheet would run as a formula gets an apostrophe before it;
 * whatever some spreadsheet takes for a separator is quoted.
 */
function csvCell(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value !== "string") return quoted(isPlain(value) ? String(value) : textOf(value));
  return quoted(harmless(value));
}

export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function textOf(value: unknown): string {
  const isList = Array.isArray(value) && value.every(isPlain);
  return harmless(isList ? value.map(String).join("; ") : JSON.stringify(value));
}

function isPlain(value: unknown): value is Plain {
  return ["string", "number", "boolean", "bigint"].includes(typeof value);
}

function quoted(text: string): string {
  return /[",;\t\r\n|]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
