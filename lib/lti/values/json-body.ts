import { ResponseMalformed } from "../errors.ts";
import type { ReplyFacts } from "../errors.ts";
import { plainText } from "./plain-text.ts";

/** A row of a reply that cannot be used; it is set apart with its reason instead of failing all. */
export class Unusable {
  constructor(
    readonly reason: string,
    readonly userId?: string,
  ) {}
}

export type JsonObject = { [member: string]: unknown };

/**
 * Reads a reply's body as JSON, whatever its content type claims.
 *
 * @throws ResponseMalformed  the body is not JSON
 */
export function parseJsonBody(body: string, facts: ReplyFacts): unknown {
  const parsed = parseJson(body);
  if (parsed === undefined) throw new ResponseMalformed("body", "is not JSON", facts);
  return parsed;
}

/** The value of a JSON text; `undefined` where it is none, or one that nobody means. */
export function parseJson(text: string): unknown {
  // Many a reply is empty, and JSON.parse says so by an exception.
  if (text === "") return undefined;
  if (text.length > LARGE && isDeep(text)) return undefined;
  try {
    // A byte order mark is legal in a file and fatal to JSON.parse.
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

/** Megabytes of brackets take V8 many seconds; smaller bodies cannot do harm. */
const LARGE = 1_000_000;
const DEEPEST = 100;

function isDeep(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInText) {
      if (character === "\\") at++;
      else if (character === '"') isInText = false;
    } else if (character === '"') isInText = true;
    else if (character === "[" || character === "{") {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === "]" || character === "}") depth -= 1;
  }
  return false;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The members of an object whose names are not among `known`. */
export function unknownMembers(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !known.has(name)));
}

/** Text that says something; platforms send null and "" for what they do not tell. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const text = plainText(value);
  return text === "" ? undefined : text;
}

/**
 * An identifier; some platforms send numbers where the specification wants text.
 *
 * One that cannot be kept as it is, is none: without a character it would be another.
 */
export function identifierOf(value: unknown): string | undefined {
  if (typeof value === "number" && Number.isFinite(value)) return String(value);
  return typeof value === "string" && plainText(value) === value ? textOf(value) : undefined;
}

/** A list by the specifications; some write it as OAuth does, as words in one text. */
export function wordsOf(value: unknown): string[] {
  const words: unknown[] = Array.isArray(value) ? value : [value];
  return words.flatMap((word) =>
    typeof word === "string" ? word.split(/\s+/).filter(Boolean) : [],
  );
}

/** A finite number; some platforms send it as text. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || value.trim() === "") return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

/** A point in time; what cannot be read is `undefined`. */
export function dateOf(value: unknown): Date | undefined {
  if (typeof value !== "string") return undefined;
  const date = new Date(value);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
