import { Prisma } from "../generated/client.ts";

/** True where a folded column begins with the text, in any case; an index over it serves. */
export function beginsWith(folded: Prisma.Sql, text: string): Prisma.Sql {
  const pattern = `${text.toLowerCase().replaceAll(/[\\%_]/g, "\\$&")}%`;
  return Prisma.sql`${folded} LIKE ${pattern}::text`;
}
