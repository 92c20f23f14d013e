import type { IncomingHttpHeaders } from "node:http";
import { CLIENT_ADDRESS_HEADER } from "../client-address.ts";
import { networkOf } from "../sign-in/attempts.ts";
import { createRequestLimit, type LimitState } from "./request-limit.ts";

/** Requests a minute that one address may send to this process; 0: no limit. */
export type AddressLimitSettings = {
  /** All but files of the build, and whether the process is up. */
  anything: number;
  /** Of launches, notices and registrations by an LMS; a campus may be one address. */
  lti: number;
  /** What a visitor who is not signed in sends to the console's pages: sign-in, set-up. */
  visitor: number;
};

type Asked = { method?: string; url?: string; headers: IncomingHttpHeaders };

/**
 * Counts a request for its address; the state of a limit that is passed, else null. `isSession` says
 * of a request's cookies whether a session of ours is among them: anybody can write one down.
 */
export function createAddressLimits(
  settings: AddressLimitSettings,
  isSession: (cookies: string) => boolean,
): (request: Asked) => Promise<LimitState | null> {
  const anything = createRequestLimit(settings.anything);
  const lti = createRequestLimit(settings.lti);
  const visitor = createRequestLimit(settings.visitor);
  return async (request) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    if (path.startsWith("/_next/static/") || path === "/api/healthz") return null;
    const network = networkOf(String(request.headers[CLIENT_ADDRESS_HEADER] ?? "") || null);
    const ofItsKind = isLti(path)
      ? lti
      : isOfVisitor(path, request, isSession)
        ? visitor
        : undefined;
    for (const limit of [anything, ofItsKind]) {
      const state = await limit?.(network);
      if (state?.isOver) return state;
    }
    return null;
  };
}

const isLti = (path: string) => /^\/lti\/(login|launch|notices|register)(\/|$)/.test(path);

/** Server actions take any page's path, so what tells them is that nobody is signed in. */
function isOfVisitor(
  path: string,
  { method, headers }: Asked,
  isSession: (cookies: string) => boolean,
): boolean {
  if (method !== "POST" || path.startsWith("/api/") || path.startsWith("/lti/")) return false;
  const isAtTheDoor = path === "/login" || path === "/setup";
  return isAtTheDoor || !isSession(headers.cookie ?? "");
}
