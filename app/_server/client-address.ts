import { CLIENT_ADDRESS_HEADER } from "#lib/auth/client-address.ts";

/** Where a request came from, as the web server found it; null where none stands before us. */
export function clientAddress(headers: Headers): string | null {
  return headers.get(CLIENT_ADDRESS_HEADER) || null;
}
