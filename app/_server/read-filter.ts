import type { z } from "zod";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/**
 * A list's filter out of a page's address: as text for the browser's key, and parsed for the
 * operation. The parsed one is null when the address asks for what no filter knows.
 */
export async function readFilter<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  searchParams: SearchParams,
): Promise<{
  query: Record<string, string>;
  filter: z.output<z.ZodObject<Shape>> | null;
}> {
  const given = Object.entries(await searchParams).filter(
    (entry): entry is [string, string] =>
      entry[0] in schema.shape && typeof entry[1] === "string" && entry[1] !== "",
  );
  const query = Object.fromEntries(given);
  const parsed = schema.safeParse(query);
  return { query, filter: parsed.success ? parsed.data : null };
}
