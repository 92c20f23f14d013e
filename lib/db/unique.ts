/** Whether a write failed because a row with the same unique key is there. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === UNIQUE_CONSTRAINT_FAILED;
}

// By its code and not by its class: the built server has a copy of Prisma's in each bundle.
const UNIQUE_CONSTRAINT_FAILED = "P2002";
