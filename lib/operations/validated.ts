import type { z } from "zod";
import { plainText } from "#lib/lti/index.ts";
import { type FieldErrors, InvalidInput } from "./errors.ts";

/** The input as its schema describes it. @throws InvalidInput  with the messages by field */
export function validated<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidInput(fieldErrors(parsed.error));
  const flaw = unstorable(parsed.data);
  if (flaw) throw new InvalidInput({ [flaw.path.join(".")]: [flaw.message] });
  return parsed.data;
}

/**
 * What a person typed to confirm an act is the name of what it is about; an API names it by its ID
 * alone and types nothing.
 *
 * @throws InvalidInput  it is another name
 */
export function requireTyped(confirmation: string | undefined, name: string): void {
  if (confirmation !== undefined && confirmation.trim() !== name.trim())
    throw new InvalidInput({ confirmation: [`this is not the name “${name}”`] });
}

function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    (fields[path] ??= []).push(issue.message);
  }
  return fields;
}

const DEEPEST = 100;

type Flaw = { path: string[]; message: string };

/** PostgreSQL text holds no NUL and no half of a surrogate pair; JSON does, to any depth. */
function unstorable(value: unknown, depth = 0): Flaw | undefined {
  if (typeof value === "string") return unstorableText(value);
  if (typeof value !== "object" || value === null) return undefined;
  if (depth === DEEPEST) return { path: [], message: `is nested deeper than ${DEEPEST}` };
  for (const [key, part] of Object.entries(value)) {
    const flaw = unstorableText(key) ?? unstorable(part, depth + 1);
    if (flaw) return { ...flaw, path: [plainText(key), ...flaw.path] };
  }
  return undefined;
}

function unstorableText(text: string): Flaw | undefined {
  if (text.includes("\u0000")) return { path: [], message: "must not contain a NUL character" };
  if (plainText(text) === text) return undefined;
  return { path: [], message: "must be whole Unicode text; it has half of a surrogate pair" };
}
