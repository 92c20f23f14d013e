import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "#lib/operations/lists/cursor.ts";
import { PageQuery } from "#lib/operations/fields.ts";

test.each(["\u8ab2".repeat(500), "x".repeat(500), "\u{1f600}".repeat(250)])(
  "a page that ends on a title as long as titles may be has a next page",
  (title) => {
    const sortKey = [title, crypto.randomUUID()];
    const { cursor } = PageQuery.parse({ cursor: encodeCursor(sortKey) });
    expect(decodeCursor(cursor, ["text", "id"])).toEqual(sortKey);
  },
);
