import type { z } from "zod";
import { type FieldErrors, InvalidInput } from "./errors.ts";

/** The input as its schema describes it. @throws InvalidInput  with the messages by field */
export function validated<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new InvalidInput(fieldErrors(parsed.error));
  const path = pathOfNul(parsed.data);
  if (path) throw new InvalidInput({ [path.join(".")]: ["must not contain a NUL character"] });
  return parsed.data;
}

export function fieldErrors(error: z.ZodError): FieldErrors {
  const fields: FieldErrors = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    (fields[path] ??= []).push(issue.message);
  }
  return fields;
}

/** PostgreSQL text cannot hold NUL; JSON can. */
function pathOfNul(value: unknown): string[] | undefined {
  if (typeof value === "string") return value.includes("\u0000") ? [] : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const path = key.includes("\u0000") ? [] : pathOfNul(part);
    if (path) return [key.replaceAll("\u0000", ""), ...path];
  }
  return undefined;
}
