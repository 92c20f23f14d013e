import { isCodedError } from "./errors.ts";

/** A cause may lead back to itself. */
const MOST_CAUSES = 5;

/** An error's own fields may hold what a platform said about people; the log gets none of it. */
export function loggable(error: unknown, depth = 0): unknown {
  if (isCodedError(error)) return { code: error.code, message: error.message };
  if (!(error instanceof Error)) return thrown(error);
  const { name, message, stack, cause } = error;
  return {
    name,
    message,
    stack,
    ...(cause !== undefined && depth < MOST_CAUSES && { cause: loggable(cause, depth + 1) }),
  };
}

/** Some libraries throw what is no `Error`, such as the events of a connection that failed. */
function thrown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return `thrown: ${String(value)}`;
  const { name, code, message } = value as Record<string, unknown>;
  const said = { name, code, message };
  const known = Object.entries(said).filter(([, each]) => typeof each === "string");
  return { thrown: value.constructor?.name ?? "object", ...Object.fromEntries(known) };
}
