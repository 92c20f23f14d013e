import { InvalidInput } from "./errors.ts";
import type { Page } from "./schemas/common.ts";

/** The sort key of the last row of a page, opaque to the outside. */
export function encodeCursor(sortKey: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortKey)).toString("base64url");
}

/** @throws InvalidInput  the cursor was not made by `encodeCursor` with as many parts */
export function decodeCursor(cursor: string | undefined, parts: number): string[] | undefined {
  if (cursor === undefined) return undefined;
  const sortKey = parseJson(Buffer.from(cursor, "base64url").toString("utf8"));
  const isSortKey =
    Array.isArray(sortKey) &&
    sortKey.length === parts &&
    sortKey.every((part): part is string => typeof part === "string");
  if (!isSortKey) throw new InvalidInput({ cursor: ["is not a cursor that a page gave out"] });
  return sortKey;
}

/** A page out of `limit + 1` rows: the one too many only says that there is a next page. */
export function pageFrom<Row, Item>(options: {
  rows: readonly Row[];
  limit: number;
  total: number;
  nextCursor: (last: Row) => string;
  view: (row: Row) => Item;
}): Page<Item> {
  const { rows, limit, total, nextCursor, view } = options;
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items: shown.map(view), nextCursor: hasMore ? nextCursor(last) : null, total };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
