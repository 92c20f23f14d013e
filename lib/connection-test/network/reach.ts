import { lookup } from "node:dns/promises";
import { connect as connectPlain, isIP } from "node:net";
import type { Socket } from "node:net";
import { connect as connectSecure } from "node:tls";
import type { TLSSocket } from "node:tls";
import { guardedLookup, isRefusedAddress } from "#lib/lti/fetch/address-guard.ts";
import { AddressRefused } from "#lib/lti/errors.ts";

/** What stands at an address before anything is asked of it. */
export type Reached = {
  addresses: string[];
  /** Some address is on a private, loopback or otherwise special network. */
  isPrivate: boolean;
  /** Absent for plain http. */
  tls?: { protocol: string; validTo: Date };
};

/** Resolves a web address and opens a connection to it; nothing is sent. */
export type Reach = (url: URL) => Promise<Reached>;

const TIMEOUT_MS = 10_000;

/**
 * Creates the `reach` of a connection test.
 *
 * @throws AddressRefused  when called for a private network that is not allowed; anything else
 *                         that it throws is the network's own error, code and all
 */
export function createReach(options: { allowPrivateNetwork: boolean }): Reach {
  const isGuarded = !options.allowPrivateNetwork;
  return async (url) => {
    const { addresses, isPrivate } = await resolveHost(url);
    const refused = addresses.find((address) => isGuarded && isRefusedAddress(address));
    if (refused !== undefined) throw new AddressRefused(hostOf(url), refused);
    if (url.protocol !== "https:") {
      await opened(connectPlain({ ...targetOf(url, 80), ...(isGuarded && guard) }), "connect");
      return { addresses, isPrivate };
    }
    const host = hostOf(url);
    const socket = connectSecure({
      ...targetOf(url, 443),
      ...(isGuarded && guard),
      ...(isIP(host) === 0 && { servername: host }),
      minVersion: "TLSv1.2",
    });
    const tls = await opened(socket, "secureConnect", tlsOf);
    return { addresses, isPrivate, tls };
  };
}

/** Where a host's name leads. */
export async function resolveHost(url: URL): Promise<Pick<Reached, "addresses" | "isPrivate">> {
  const found = await inTime(lookup(hostOf(url), { all: true }));
  const addresses = found.map(({ address }) => address);
  return { addresses, isPrivate: addresses.some(isRefusedAddress) };
}

const guard = { lookup: guardedLookup };

function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function targetOf(url: URL, standardPort: number): { host: string; port: number } {
  return { host: hostOf(url), port: url.port === "" ? standardPort : Number(url.port) };
}

function tlsOf(socket: TLSSocket): NonNullable<Reached["tls"]> {
  const { valid_to: validTo } = socket.getPeerCertificate();
  return { protocol: socket.getProtocol() ?? "TLS", validTo: new Date(validTo) };
}

/** Waits for a connection, looks at it, and closes it again. */
async function opened<S extends Socket, Seen = void>(
  socket: S,
  event: "connect" | "secureConnect",
  look?: (socket: S) => Seen,
): Promise<Seen> {
  try {
    await inTime(
      new Promise<void>((resolve, reject) => {
        socket.once(event, resolve);
        socket.once("error", reject);
      }),
    );
    return look?.(socket) as Seen;
  } finally {
    socket.on("error", () => undefined);
    socket.destroy();
  }
}

async function inTime<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const expire = () =>
      reject(Object.assign(new Error("no answer in time"), { code: "ETIMEDOUT" }));
    timer = setTimeout(expire, TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
