import { z } from "zod";
import type { After, Order, SortKey } from "#lib/db/lists/sorting.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { InvalidInput } from "../errors.ts";

/**
 * The parameter `sort` of a list: a column, with a minus before it for the last first.
 * `initial` is the order when nothing is said.
 */
export function sortBy<const Column extends string>(
  columns: readonly [Column, ...Column[]],
  initial: NoInfer<Column | `-${Column}`>,
) {
  const options = columns.flatMap((column) => [column, `-${column}`] as const);
  return z
    .enum(options as [Column | `-${Column}`])
    .default(initial as never)
    .meta({ description: "a minus before the column turns the order round" });
}

/** Where a page of a sorted list begins, and the order it goes on in. */
export function orderOf<Column extends string>(
  keys: Record<Column, SortKey>,
  sort: Column | `-${Column}`,
): Order {
  const descending = sort.startsWith("-");
  const column = (descending ? sort.slice(1) : sort) as Column;
  return { ...keys[column], descending };
}

/** The cursor after a row of a sorted list; it is good for this order only. */
export function sortedCursor(sort: string, { key, id }: After): string {
  return encodeCursor([sort, key, id]);
}

const KEY_PARTS = { text: "text", number: "decimal", time: "time" } as const;
const ID_PARTS = { uuid: "id", text: "text", bigint: "number" } as const;

/** @throws InvalidInput  the cursor is not one that a page of this list in this order gave out */
export function afterOf(
  cursor: string | undefined,
  sort: string,
  order: Order,
  idIs: keyof typeof ID_PARTS = "uuid",
): After | undefined {
  const parts = decodeCursor(cursor, ["text", KEY_PARTS[order.is], ID_PARTS[idIs]]);
  if (!parts) return undefined;
  const [given, key = "", id = ""] = parts;
  if (given === sort) return { key, id };
  throw new InvalidInput({ cursor: [`belongs to the order ${given}; begin again without it`] });
}
