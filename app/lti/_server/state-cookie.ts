import { createHash } from "node:crypto";

/** One cookie for each login, so that two tabs do not disturb each other. */
export function stateName(state: string): string {
  return `rollbook_launch_${createHash("sha256").update(state).digest("hex").slice(0, 16)}`;
}

/**
 * Binds a login to the browser, inside a frame of another site too: there only cookies with
 * `SameSite=None` are sent, and where third-party cookies are blocked only `Partitioned` ones.
 */
export function stateCookie(
  state: string,
  { publicUrl, maxAgeS }: { publicUrl: string; maxAgeS: number },
): string {
  const common = `${stateName(state)}=${maxAgeS > 0 ? state : ""}; Path=/lti; Max-Age=${maxAgeS}; HttpOnly`;
  return maySecure(publicUrl)
    ? `${common}; Secure; SameSite=None; Partitioned`
    : `${common}; SameSite=Lax`;
}

/** The state that this browser's cookie holds. */
export function keptByCookie(request: Request, state: string): string | undefined {
  const prefix = `${stateName(state)}=`;
  const cookies = (request.headers.get("cookie") ?? "").split(";").map((pair) => pair.trim());
  return cookies.find((pair) => pair.startsWith(prefix))?.slice(prefix.length);
}

// Browsers take secure cookies from one's own machine without https.
function maySecure(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === "https:" || ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
}
