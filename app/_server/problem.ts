import type { CodedError } from "#lib/errors.ts";
import type { FieldErrors } from "#lib/operations/errors.ts";
import { ConfirmationNeeded, Conflict, InvalidInput } from "#lib/operations/errors.ts";
import type { Problem } from "#lib/operations/fields.ts";

const NOT_FACTS = new Set(["name", "code", "message", "stack", "cause", "fields"]);

/** An error as the caller may see it: its code, its words and its facts. */
export function problemOf(error: CodedError): Problem {
  const facts = Object.entries(error).filter(([key]) => !NOT_FACTS.has(key));
  if (facts.length === 0) return { code: error.code, message: error.message };
  const detail = JSON.parse(JSON.stringify(Object.fromEntries(facts))) as Record<string, unknown>;
  return { code: error.code, message: error.message, detail };
}

/** The fields an error speaks of; empty when it speaks of none. */
export function fieldsOf(error: CodedError): FieldErrors {
  const speaks = [InvalidInput, Conflict, ConfirmationNeeded].some((kind) => error instanceof kind);
  return speaks ? (error as InvalidInput).fields : {};
}
