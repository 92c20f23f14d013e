import type { IncomingMessage } from "node:http";
import { REQUEST_ID_HEADER } from "./request-facts.ts";

/** Carries a request's address to its handler; one that comes from outside is thrown away. */
export const CLIENT_ADDRESS_HEADER = "x-rollbook-client-address";

const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

export type Forwarding = {
  publicUrl: string;
  /** How many proxies stand before this process; each adds one entry to `X-Forwarded-For`. */
  trustedProxies: number;
};

/**
 * Settles what a request says about where it came from, before anything reads it: without a proxy
 * that is configured no forwarded header is believed, and with some the entry counts that the
 * outermost of them wrote.
 */
export function resolveForwarded(
  request: Pick<IncomingMessage, "headers" | "socket">,
  { publicUrl, trustedProxies }: Forwarding,
): void {
  const { headers, socket } = request;
  const entries = String(headers["x-forwarded-for"] ?? "").split(",");
  const forwarded = trustedProxies > 0 ? entries.at(-trustedProxies)?.trim() : undefined;
  for (const name of FORWARDED) delete headers[name];
  const { host, protocol } = new URL(publicUrl);
  headers["x-forwarded-host"] = host;
  headers["x-forwarded-proto"] = protocol.slice(0, -1);
  headers[REQUEST_ID_HEADER] = crypto.randomUUID();
  headers[CLIENT_ADDRESS_HEADER] = plainAddress(forwarded || socket.remoteAddress || "");
}

/** Where a request came from, as the web server found it; null where none stands before us. */
export function addressIn(headers: Headers): string | null {
  return headers.get(CLIENT_ADDRESS_HEADER) || null;
}

/** An IPv4 address that came over an IPv6 socket is written as the IPv4 address it is. */
function plainAddress(address: string): string {
  return address.replace(/^::ffff:/, "").slice(0, 100);
}
