import type { z } from "zod";
import { type FieldErrors, InvalidInput } from "#lib/operations/errors.ts";

/**
 * The parameters as text; the operation validates them.
 *
 * @throws InvalidInput  a parameter is unknown or given twice
 */
export function readQuery(
  query: URLSearchParams,
  schema: z.ZodObject | undefined,
): Record<string, string> {
  const known = new Set(Object.keys(schema?.shape ?? {}));
  const fields: FieldErrors = {};
  for (const name of new Set(query.keys())) {
    if (!known.has(name)) fields[name] = [unknown(known)];
    else if (query.getAll(name).length > 1) fields[name] = ["is given more than once"];
  }
  if (Object.keys(fields).length > 0) throw new InvalidInput(fields);
  return Object.fromEntries(query);
}

function unknown(known: ReadonlySet<string>): string {
  if (known.size === 0) return "is unknown: this path takes no query parameter";
  return `is unknown: this path takes ${[...known].join(", ")}`;
}
