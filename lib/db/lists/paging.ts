import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { int4 } from "../rows/types.ts";

/** What a list is asked for: so many rows after the one with this sort key. */
export type Window<SortKey> = { after?: SortKey; limit: number };

/** Lists are counted up to here: to count a million rows takes longer than to show a page. */
export const MOST_COUNTED = 10_000;

const totalRow = row({ total: int4 });

/** How many rows `FROM … WHERE …` has; one more than `MOST_COUNTED` stands for more than that. */
export async function countUpToMost(db: Db, fromWhere: Prisma.Sql): Promise<number> {
  const counted = await db.rows(
    totalRow,
    Prisma.sql`
    SELECT count(*)::int AS total FROM (SELECT 1 ${fromWhere} LIMIT ${COUNT_LIMIT}) AS counted`,
  );
  return counted[0]?.total ?? 0;
}

// Written out, so that the planner knows it.
export const COUNT_LIMIT = Prisma.raw(String(MOST_COUNTED + 1));

/** Joins conditions; none means every row. */
export function where(conditions: readonly (Prisma.Sql | false | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition instanceof Prisma.Sql);
  return given.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(given, " AND ")}`;
}

/** True of the rows that were named one by one; undefined where none were. */
export function idIsOneOf(
  column: Prisma.Sql,
  ids: readonly string[] | undefined,
): Prisma.Sql | undefined {
  return ids && Prisma.sql`${column} = ANY (${[...ids]}::uuid[])`;
}

/** The registrations that a list is limited to; null or left out: all of them. */
export type Within = readonly string[] | null;

export function isWithin(
  registrationId: Prisma.Sql,
  within: Within | undefined,
): Prisma.Sql | undefined {
  return within ? Prisma.sql`${registrationId} = ANY (${[...within]}::uuid[])` : undefined;
}

/** The same as a further condition of a statement that has one already. */
export function andWithin(registrationId: Prisma.Sql, within: Within | undefined): Prisma.Sql {
  const condition = isWithin(registrationId, within);
  return condition ? Prisma.sql`AND ${condition}` : Prisma.empty;
}

/** True where one of the columns contains the text, whatever its case. */
export function containsText(columns: readonly Prisma.Sql[], text: string): Prisma.Sql {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  // One text for all columns: to fold the case is most of what a row costs, and ILIKE would fold
  // the pattern as well, for each row and column.
  return Prisma.sql`
    lower(concat_ws(E'\\n', ${Prisma.join(columns)})) LIKE lower(${pattern}::text)`;
}

export type ArchivedFilter = "no" | "yes" | "all";

export function archivedIs(column: Prisma.Sql, archived: ArchivedFilter): Prisma.Sql | undefined {
  if (archived === "all") return undefined;
  return archived === "yes" ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`${column} IS NULL`;
}
