import { found } from "./found.ts";
import type { ReadPath } from "./rest/reads.ts";
import { ROUTES } from "./rest/routes/index.ts";
import type { Answer, Route } from "./rest/route.ts";
import type { PrefetchedRead } from "#components/live/prefetched.tsx";
import type { ReadRequest } from "#components/live/read.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { InvalidInput } from "#lib/operations/errors.ts";

export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** Reads for a page what its browser would ask the API for, or shows that there is no such thing. */
export async function prefetch<Data>(
  caller: Asker,
  { path, input, key }: ReadRequest<Data>,
): Promise<PrefetchedRead<Data>> {
  const answer = await found(routeAt(path).perform(caller, input));
  // The request's type comes from this very line of the table.
  return { key, data: (answer as Answer).body as Data };
}

/**
 * The page of a list that the page's address asks for; `fixed` is what the page itself sets.
 *
 * Null for an address that asks for what no filter knows: the browser asks the same and shows
 * what is wrong with it.
 */
export async function prefetchList<Data, Input extends object>(
  caller: Asker,
  list: { path: ReadPath; (input: Input): ReadRequest<Data> },
  searchParams: SearchParams,
  fixed: Partial<Input> = {},
): Promise<PrefetchedRead<Data> | null> {
  const filters = routeAt(list.path).query?.shape ?? {};
  const asked = Object.entries(await searchParams).filter(
    ([name, value]) => name in filters && typeof value === "string",
  );
  try {
    return await prefetch(caller, list({ ...Object.fromEntries(asked), ...fixed } as Input));
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

function routeAt(path: ReadPath): Route {
  const route = ROUTES.find((each) => each.method === "GET" && each.path === path);
  if (!route) throw new Error(`no GET ${path} in the table of routes`);
  return route;
}
