import { isIP } from "node:net";

/** For whom passkeys are made: a name, and the one origin whose pages may ask for them. */
export type RelyingParty = { id: string; origin: string };

/**
 * By the address that the installation is configured with, never by what a request says; null where
 * browsers make no passkeys: at an IP address, and without TLS elsewhere than on the machine itself.
 */
export function relyingPartyOf(publicUrl: string): RelyingParty | null {
  const { hostname, origin, protocol } = new URL(publicUrl);
  const isName = isIP(hostname.replaceAll(/[[\]]/g, "")) === 0;
  const isLocal = hostname === "localhost" || hostname.endsWith(".localhost");
  return isName && (protocol === "https:" || isLocal) ? { id: hostname, origin } : null;
}
