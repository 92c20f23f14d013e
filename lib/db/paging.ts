import { Prisma } from "./generated/client.ts";

/** What a list is asked for: so many rows after the one with this sort key. */
export type Window<SortKey> = { after?: SortKey; limit: number };

/** Joins conditions; none means every row. */
export function where(conditions: readonly (Prisma.Sql | false | undefined)[]): Prisma.Sql {
  const given = conditions.filter((condition) => condition instanceof Prisma.Sql);
  return given.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(given, " AND ")}`;
}

/** True where one of the columns contains the text, whatever its case. */
export function containsText(columns: readonly Prisma.Sql[], text: string): Prisma.Sql {
  const pattern = `%${text.replaceAll(/[\\%_]/g, "\\$&")}%`;
  const matches = columns.map((column) => Prisma.sql`${column} ILIKE ${pattern}`);
  return Prisma.sql`(${Prisma.join(matches, " OR ")})`;
}

export type ArchivedFilter = "no" | "yes" | "all";

export function archivedIs(column: Prisma.Sql, archived: ArchivedFilter): Prisma.Sql | undefined {
  if (archived === "all") return undefined;
  return archived === "yes" ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`${column} IS NULL`;
}
