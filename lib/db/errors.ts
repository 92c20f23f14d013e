import { CodedError } from "#lib/errors.ts";
import type { RunState } from "./generated/enums.ts";

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

/** A run was asked to go where its state does not allow. */
export class MoveRefused extends CodedError {
  readonly code = "sync.move_refused" as const;

  constructor(
    readonly from: RunState,
    readonly to: RunState,
  ) {
    super(`a run that ${stateWords(from)} cannot become ${to.replace("_", " ")}`);
  }
}

function stateWords(state: RunState): string {
  if (state === "cancelled") return "has been cancelled";
  const isOver = state.endsWith("succeeded") || state === "failed";
  return `${isOver ? "has" : "is"} ${state.replace("_", " ")}`;
}

// Connection exceptions, resources gone, operator intervention (PostgreSQL, appendix A).
const DOWN = /^(08|53|57P)/;
const NODE_DOWN = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);

/** Whether the database went away, which says nothing about the work that was under way. */
export function isDatabaseDown(error: unknown): boolean {
  // The queue reports errors as plain objects.
  if (typeof error !== "object" || error === null) return false;
  const isDown = (code: string) =>
    DOWN.test(code) || NODE_DOWN.has(code) || code === "P1001" || code === "P1017";
  if (codesOf(error).some(isDown)) return true;
  return /connection terminated|timeout exceeded when trying to connect|not queryable/i.test(
    String((error as WithCodes).message),
  );
}

/** Whether the database undid work for the sake of somebody else's, so that it may be tried again. */
export function isRolledBack(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return codesOf(error).some((code) => code.startsWith("40") || code === "P2034");
}

/** Whether a write failed because a row with the same unique key is there. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNIQUE_CONSTRAINT_FAILED;
}

// By its code and not by its class: the built server has a copy of Prisma's in each bundle.
const UNIQUE_CONSTRAINT_FAILED = "P2002";

/** The error's own code, and PostgreSQL's where Prisma wraps it. */
function codesOf(error: WithCodes): string[] {
  const codes = [error.code, error.meta?.driverAdapterError?.cause?.originalCode];
  return codes.filter((code) => typeof code === "string");
}

type WithCodes = {
  message?: unknown;
  code?: unknown;
  meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
};
