import type pg from "pg";
import { createRowCheck, type RowCheck } from "./check.ts";
import type { RowOf, Shape } from "./shape.ts";
import { createHash } from "node:crypto";

/** SQL with parameters `$1`, `$2` and so on; with a `name`, a connection has it parsed once. */
export type Statement = string | { text: string; values?: unknown[]; name?: string };

/** The only place where rows get their type; whatever reads rows comes through here. */
export async function rowsOver<Declared extends Shape>(
  connection: pg.Pool | pg.ClientBase,
  shape: Declared,
  statement: Statement,
  values: unknown[] | undefined,
  check: RowCheck | undefined,
): Promise<RowOf<Declared>[]> {
  const result = await connection.query(statement as string, values);
  if (check) {
    const text = typeof statement === "string" ? statement : statement.text;
    await check(connection, text, shape, result);
  }
  return result.rows;
}

/**
 * Rows over a connection that is not one of the pool's. They are always checked: such statements
 * are few and rare.
 *
 * @throws RowMismatch  they are not as declared
 */
export async function rowsOfConnection<Declared extends Shape>(
  connection: pg.ClientBase,
  shape: Declared,
  statement: string,
  values?: unknown[],
): Promise<RowOf<Declared>[]> {
  return rowsOver(connection, shape, statement, values, createRowCheck());
}

/**
 * A long statement that runs all the time: each connection has it parsed once, and planned once
 * its plan turns out not to depend on the values. For lookups by key only: other plans depend on
 * how large tables are, and this one stays until PostgreSQL has new statistics.
 */
export function prepared(text: string): { name: string; text: string } {
  const digest = createHash("sha256").update(text).digest("hex");
  return { name: `rollbook_${digest.slice(0, 16)}`, text };
}
