import { CodedError } from "#lib/errors.ts";

/** Another worker took the run over; this one may write nothing more. */
export class LeaseLost extends CodedError {
  readonly code = "sync.lease_lost" as const;

  constructor(
    readonly runId: string,
    readonly lease: number,
  ) {
    super(`another worker holds run ${runId}`);
  }
}

// Connection exceptions, resources gone, operator intervention (PostgreSQL, appendix A).
const DOWN = /^(08|53|57P)/;
const NODE_DOWN = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);

/** Whether the database went away, which says nothing about the work that was under way. */
export function isDatabaseDown(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  if (typeof code === "string" && (DOWN.test(code) || NODE_DOWN.has(code))) return true;
  if (code === "P1001" || code === "P1017") return true;
  return /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(
    error.message,
  );
}

/** Whether the database undid work for the sake of somebody else's, so that it may be tried again. */
export function isRolledBack(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && (code.startsWith("40") || code === "P2034");
}
