import type pg from "pg";
import { rowsOfConnection } from "../rows/query.ts";
import { row } from "../rows/shape.ts";
import { array, text } from "../rows/types.ts";

export type BackupTable = { name: string; columns: string[] };

const tableRow = row({ table: text, columns: array(text) });
const referenceRow = row({ table: text, refersTo: text });

// What the migrations themselves wrote stands in every database that has them.
const HISTORY = "_prisma_migrations";

/**
 * The tables that hold an installation, each after those that it refers to, with the columns that
 * are stored. The queue's own tables are not among them: the engine queues unfinished runs again.
 */
export async function backupTables(client: pg.ClientBase): Promise<BackupTable[]> {
  const tables = await rowsOfConnection(
    client,
    tableRow,
    `SELECT c.relname::text AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND NOT c.relispartition AND c.relname <> '${HISTORY}'
        AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
      GROUP BY c.relname ORDER BY c.relname`,
  );
  const references = await rowsOfConnection(
    client,
    referenceRow,
    `SELECT conrelid::regclass::text AS table, confrelid::regclass::text AS "refersTo"
       FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace
        AND conrelid <> confrelid`,
  );
  const columnsOf = new Map(tables.map(({ table, columns }) => [table, columns]));
  const bare = (name: string) => name.replaceAll('"', "");
  const needs = references.map((each) => [bare(each.table), bare(each.refersTo)] as const);
  return inOrder([...columnsOf.keys()], needs).map((name) => ({
    name,
    columns: columnsOf.get(name)!,
  }));
}

function inOrder(names: string[], needs: (readonly [string, string])[]): string[] {
  const ordered: string[] = [];
  let left = names;
  while (left.length > 0) {
    const waits = (name: string) =>
      needs.some(([table, refersTo]) => table === name && left.includes(refersTo));
    const next = left.filter((name) => !waits(name));
    // Tables that refer to each other in a circle: no order would do.
    if (next.length === 0) throw new Error(`tables refer to each other: ${left.join(", ")}`);
    ordered.push(...next);
    left = left.filter((name) => !next.includes(name));
  }
  return ordered;
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
