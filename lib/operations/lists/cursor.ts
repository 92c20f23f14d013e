import { MOST_COUNTED } from "#lib/db/lists/paging.ts";
import { InvalidInput } from "../errors.ts";
import { Id, type Page, Timestamp } from "../fields.ts";

/** The sort key of the last row of a page, opaque to the outside. */
export function encodeCursor(sortKey: readonly string[]): string {
  return Buffer.from(JSON.stringify(sortKey)).toString("base64url");
}

const PARTS = {
  text: (part: string) => !part.includes("\u0000"),
  id: (part: string) => Id.safeParse(part).success,
  time: (part: string) => Timestamp.safeParse(part).success,
  number: (part: string) => /^\d{1,18}$/.test(part),
  decimal: (part: string) => /^-?\d{1,18}(\.\d{1,20})?(e[+-]?\d{1,3})?$/.test(part),
};

/** @throws InvalidInput  the cursor is not one that a page of this list gave out */
export function decodeCursor(
  cursor: string | undefined,
  parts: readonly (keyof typeof PARTS)[],
): string[] | undefined {
  if (cursor === undefined) return undefined;
  const sortKey = parseJson(Buffer.from(cursor, "base64url").toString("utf8"));
  if (!Array.isArray(sortKey) || sortKey.length !== parts.length) throw notOurs();
  return parts.map((kind, index) => {
    const part: unknown = sortKey[index];
    if (typeof part !== "string" || !PARTS[kind](part)) throw notOurs();
    return part;
  });
}

/** The cursors of a list in the order of a time, and of the ID where two are of the same. */
function timeOrder<Name extends string>(name: Name) {
  type Key = Record<Name, Date> & { id: string };
  return {
    encode: (row: Key): string => encodeCursor([row[name].toISOString(), row.id]),
    decode(cursor: string | undefined): Key | undefined {
      const [time, id] = decodeCursor(cursor, ["time", "id"]) ?? [];
      return time && id ? ({ [name]: new Date(time), id } as Key) : undefined;
    },
  };
}

export const BY_CREATION = timeOrder("createdAt");
export const BY_UPDATE = timeOrder("updatedAt");

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
  return {
    items: shown.map(view),
    nextCursor: hasMore ? nextCursor(last) : null,
    total: Math.min(total, MOST_COUNTED),
    totalIsCapped: total > MOST_COUNTED,
  };
}

function notOurs(): InvalidInput {
  return new InvalidInput({ cursor: ["is not a cursor that a page of this list gave out"] });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
