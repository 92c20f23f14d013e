import { REQUEST_ID_HEADER } from "#lib/auth/request-facts.ts";
import type { RequestOrigin } from "#lib/operations/caller.ts";
import { addressIn } from "#lib/auth/client-address.ts";

/** Where a request came from, and its ID: the web server gave it one, where one stands before us. */
export function originOf(headers: Headers): RequestOrigin {
  const id = headers.get(REQUEST_ID_HEADER) ?? crypto.randomUUID();
  return { address: addressIn(headers), id };
}
