import { createHash } from "node:crypto";

/**
 * A long statement that runs all the time: each connection has it parsed once, and planned once
 * its plan turns out not to depend on the values. For lookups by key only: other plans depend on
 * how large tables are, and this one stays until PostgreSQL has new statistics.
 */
export function prepared(text: string): { name: string; text: string } {
  const digest = createHash("sha256").update(text).digest("hex");
  return { name: `rollbook_${digest.slice(0, 16)}`, text };
}
