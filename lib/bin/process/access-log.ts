import type { IncomingMessage, ServerResponse } from "node:http";
import { beginFacts, REQUEST_ID_HEADER, takeFacts } from "#lib/auth/request-facts.ts";

/** One request that was answered, or whose connection ended before. */
export type AccessLine = {
  method: string | undefined;
  /** With `{id}` in place of what tells one object, or one invitation, from another. */
  route: string;
  /** Null for what was given up before the answer began. */
  status: number | null;
  /** `kind ID`; null for nobody. */
  actor: string | null;
  ms: number;
  requestId: string;
};

/** Has a line written when the request ends; to be called when its forwarded headers are resolved. */
export function logAccess(
  request: IncomingMessage,
  response: ServerResponse,
  write: (line: AccessLine) => void,
): void {
  const requestId = String(request.headers[REQUEST_ID_HEADER]);
  const { method, url = "" } = request;
  const beganAt = performance.now();
  beginFacts(requestId);
  response.once("close", () => {
    const { route = templateOf(url), actor = null } = takeFacts(requestId);
    const status = response.headersSent ? response.statusCode : null;
    write({ method, route, status, actor, ms: Math.round(performance.now() - beganAt), requestId });
  });
}

/** A path without its query, and without IDs and secrets that stand in it. */
export function templateOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path.startsWith("/_next/")) return "/_next/{file}";
  return path
    .split("/")
    .map((part) =>
      /^[a-z][a-z.-]{0,30}$/i.test(part) || part === "" || part === "v1" ? part : "{id}",
    )
    .join("/");
}
