import { isCodedError } from "./errors.ts";

/** An error's own fields may hold what a platform said about people; the log gets none of it. */
export function loggable(error: unknown): unknown {
  if (isCodedError(error)) return { code: error.code, message: error.message };
  return error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : "unknown error";
}
