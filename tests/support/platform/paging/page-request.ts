import type { Exchange } from "#tests/support/platform/exchange.ts";
import { refuse } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { readCursor, writeCursor, type Cursor } from "./cursor.ts";

export type PageRequest = { limit: number; cursor?: Cursor };

/** What a paged list was asked for: how many rows, and from where. */
export function readPageRequest(
  { faults, options }: PlatformState,
  exchange: Exchange,
): PageRequest {
  const { facts, request } = exchange;
  const query = request.url.searchParams;
  const asked = readLimit(query.get("limit"));
  const usual = faults.take("default_page", facts)?.size ?? options.pageSize;
  const cap = faults.take("page_cap", facts)?.size ?? options.maxPageSize;
  const isUnpaged = faults.take(
    "ignore_limit",
    facts,
    ({ when }) => when === "always" || asked === undefined,
  );
  const text = query.get("cursor");
  const cursor = text === null ? undefined : readCursor(text);
  if (text !== null && !cursor) throw refuse(400, "bad_request", "the page is not known");
  return { limit: isUnpaged ? Infinity : Math.min(asked ?? usual, cap), cursor };
}

/** The URL as asked, with its filters, at another place of the list. */
export function pageUrl({ request }: Exchange, cursor: Cursor): URL {
  const url = new URL(request.url);
  url.searchParams.set("cursor", writeCursor(cursor));
  return url;
}

function readLimit(text: string | null): number | undefined {
  if (text === null) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw refuse(400, "bad_request", "limit must be a positive integer");
  return Number(text);
}
