import { z } from "zod";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { COUNT_LIMIT, where } from "./paging.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, json, text } from "../rows/types.ts";

/** What a list can be ordered by: an expression that is never null. */
export type SortKey = { value: Prisma.Sql; is: "text" | "number" | "time" };

export type Order = SortKey & { descending: boolean };

const afterRow = row({
  key: text,
  id: text,
});

/** The last row of a page: its key as `keyText` writes it, and its ID. */
export type After = RowOf<typeof afterRow>;

export type OrderedQuery = {
  from: Prisma.Sql;
  conditions: readonly (Prisma.Sql | false | undefined)[];
  order: Order;
  /** Tells rows of one key apart. */
  id: Prisma.Sql;
  idIs: "uuid" | "text" | "bigint";
  after: After | undefined;
  limit: number;
};

/** One page of IDs in an order, each with its sort key. */
export async function orderedPage(db: Db, query: OrderedQuery): Promise<After[]> {
  const { from, conditions, order, id, limit } = query;
  return db.rows(
    afterRow,
    Prisma.sql`
    SELECT ${id}::text AS id, ${keyText(order)} AS key
      FROM ${from} ${where([...conditions, isBehind(query)])}
     ORDER BY ${orderBy(order, id)} LIMIT ${limit}`,
  );
}

const scannedRow = row({
  keys: json(z.array(z.strictObject({ key: z.string(), id: z.string() }))),
  total: int4,
});

/**
 * The same, and how many rows there are, where each row has to be looked at: once for both.
 * Where an index finds the page, two queries are faster.
 */
export async function scannedPage(
  db: Db,
  { from, conditions, order, id, idIs, after, limit }: OrderedQuery,
): Promise<{ keys: After[]; total: number }> {
  const found = { id: Prisma.sql`id`, order: { ...order, value: Prisma.sql`key` }, idIs, after };
  const rows = await db.rows(
    scannedRow,
    Prisma.sql`
    WITH matching AS MATERIALIZED (
      SELECT ${order.value} AS key, ${id} AS id FROM ${from} ${where(conditions)})
    SELECT (SELECT coalesce(json_agg(page), '[]') FROM (
              SELECT id::text AS id, ${keyText(found.order)} AS key
                FROM matching ${where([isBehind(found)])}
               ORDER BY ${orderBy(found.order, found.id)} LIMIT ${limit}) AS page) AS keys,
           (SELECT count(*)::int FROM (SELECT FROM matching LIMIT ${COUNT_LIMIT}) AS counted)
             AS total`,
  );
  return rows[0] ?? { keys: [], total: 0 };
}

/** True of the rows that come behind the last one of the page before. */
export function isBehind(
  query: Pick<OrderedQuery, "order" | "id" | "idIs" | "after">,
): Prisma.Sql | undefined {
  const { order, id, idIs, after } = query;
  if (after === undefined) return undefined;
  const key = Prisma.sql`${after.key}::text::${Prisma.raw(TYPES[order.is])}`;
  const last = Prisma.sql`(${key}, ${after.id}::text::${Prisma.raw(idIs)})`;
  return order.descending
    ? Prisma.sql`(${order.value}, ${id}) < ${last}`
    : Prisma.sql`(${order.value}, ${id}) > ${last}`;
}

/** Both parts in one direction: then an index over the two serves either way. */
export function orderBy({ value, descending }: Order, id: Prisma.Sql): Prisma.Sql {
  return descending ? Prisma.sql`${value} DESC, ${id} DESC` : Prisma.sql`${value}, ${id}`;
}

const TYPES = { text: "text", number: "float8", time: "timestamptz" } as const;

/** The key as text from which the database reads exactly the same value again. */
function keyText({ value, is }: SortKey): Prisma.Sql {
  return is === "time"
    ? Prisma.sql`to_char(${value} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
    : Prisma.sql`(${value})::text`;
}

/** A time that may be missing, as one that stands before all others. */
export function timeOrFirst(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(${column}, 'epoch'::timestamptz)`;
}

/** Rows that were read by their IDs, in the order of these. */
export function inOrderOf<Row>(
  ids: readonly { id: string }[],
  rows: readonly Row[],
  idOf: (row: Row) => string,
): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}
