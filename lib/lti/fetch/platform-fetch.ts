import { isIP } from "node:net";
import { Agent } from "undici";
import type { Dispatcher } from "undici";
import { guardedLookup, isRefusedAddress } from "./address-guard.ts";
import { ACCEPTED_CODING, decodedBody } from "./content-coding.ts";
import { AddressRefused } from "../errors.ts";
import type { Fetch, FetchReply } from "../options.ts";

export type PlatformFetchOptions = {
  /** Private and loopback addresses are reached, and plain http is accepted. */
  allowPrivateNetwork?: boolean;
  /** Connections held open to one origin; 16. */
  connectionsPerOrigin?: number;
};

/** A guarded fetch with its connection pool; `close` waits for requests in flight. */
export type PlatformFetch = Fetch & { close(): Promise<void> };

const CONNECT_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;

/**
 * Creates the fetch for platform requests: pooled keep-alive connections, TLS 1.2 or newer,
 * compressed replies, and no way into private networks.
 *
 * The address is checked where the connection is made, after the name was resolved.
 *
 * @throws AddressRefused  when called for an address on a private network, or plain http
 */
export function createPlatformFetch(options: PlatformFetchOptions = {}): PlatformFetch {
  const isGuarded = !options.allowPrivateNetwork;
  const agent = new Agent({
    connections: options.connectionsPerOrigin ?? 16,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The deadline of lib/lti's own covers these.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: CONNECT_TIMEOUT_MS,
      minVersion: "TLSv1.2",
      ...(isGuarded && { lookup: guardedLookup }),
    },
  });
  const platformFetch: Fetch = async (address, { method, headers, body, signal }) => {
    const url = new URL(address);
    if (isGuarded) refusePlainAddress(url);
    const reply = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: method as Dispatcher.HttpMethod,
      headers: { "accept-encoding": ACCEPTED_CODING, ...headers },
      body,
      signal,
    });
    return toFetchReply(reply);
  };
  return Object.assign(platformFetch, { close: () => agent.close() });
}

// An address literal is never looked up, so it is checked here.
function refusePlainAddress(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (url.protocol !== "https:") throw new AddressRefused(host, url.protocol);
  if (isIP(host) !== 0 && isRefusedAddress(host)) throw new AddressRefused(host, host);
}

function toFetchReply({
  statusCode,
  statusText,
  headers,
  body,
}: Dispatcher.ResponseData): FetchReply {
  const get = (name: string) => {
    const value = headers[name.toLowerCase()];
    if (value === undefined) return null;
    return Array.isArray(value) ? value.join(", ") : value;
  };
  return {
    status: statusCode,
    statusText,
    headers: { get },
    body: decodedBody(body, get("content-encoding")),
  };
}
