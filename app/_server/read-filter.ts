import type { z } from "zod";
import type { Painted } from "#components/live/first-paint.tsx";
import { InvalidInput } from "#lib/operations/errors.ts";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/**
 * The first page of a list for `FirstPaint`, filtered as the page's address says.
 *
 * An address that asks for what no filter knows paints nothing: the browser asks the same and
 * shows what is wrong with it.
 */
export async function paintList<Shape extends z.ZodRawShape>(list: {
  path: string;
  schema: z.ZodObject<Shape>;
  searchParams: SearchParams;
  read: (filter: z.output<z.ZodObject<Shape>>) => Promise<unknown>;
  /** Filters that the page itself sets. */
  fixed?: Record<string, string>;
}): Promise<Painted[]> {
  const asked = Object.entries(await list.searchParams).filter(
    (entry): entry is [string, string] =>
      entry[0] in list.schema.shape && typeof entry[1] === "string",
  );
  const query = { ...Object.fromEntries(asked), ...list.fixed };
  const filter = list.schema.safeParse(withoutEmpty(query));
  if (!filter.success) return [];
  try {
    return [{ path: list.path, query, data: await list.read(filter.data) }];
  } catch (error) {
    if (error instanceof InvalidInput) return [];
    throw error;
  }
}

function withoutEmpty(query: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ""));
}
