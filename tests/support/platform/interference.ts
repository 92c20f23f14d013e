import type { Exchange } from "./exchange.ts";
import type { FaultOf } from "./faults/faults.ts";
import { htmlReply, jsonReply, refuse, type Reply, type ReplyHeaders } from "./http/reply.ts";
import { CANVAS_WRONG_CONTEXT } from "./oauth/authorize.ts";
import { onOtherHost } from "./paging/link-header.ts";
import type { PlatformState } from "./state.ts";

/** Answers in the route's place where a fault says so; undefined lets the request through. */
export function interfere(state: PlatformState, exchange: Exchange): Reply | undefined {
  const { faults } = state;
  const { facts, request } = exchange;
  if (faults.take("cut", facts, ({ when }) => when === "before")) {
    return { status: 0, headers: {}, body: "", cut: "now" };
  }
  if (!request.headers["user-agent"] && faults.take("require_user_agent", facts)) {
    return htmlReply(403, "Forbidden");
  }
  const limited = faults.take("rate_limited", facts);
  if (limited) return rateLimited(limited);
  return redirected(state, exchange) ?? failed(state, exchange) ?? denied(state, exchange);
}

function rateLimited({ as, retryAfterSec }: FaultOf<"rate_limited">): Reply {
  if (as === "canvas_403") {
    const words = "403 Forbidden (Rate Limit Exceeded)\n";
    const headers = { "Content-Type": "text/plain", "X-Rate-Limit-Remaining": "0.0" };
    return { status: 403, headers, body: words };
  }
  const headers: ReplyHeaders = {};
  if (as === "429_seconds") headers["Retry-After"] = String(retryAfterSec);
  if (as === "429_date") {
    headers["Retry-After"] = new Date(Date.now() + retryAfterSec * 1000).toUTCString();
  }
  return jsonReply(429, { error: "rate_limited", message: "slow down" }, undefined, headers);
}

/** Sends the request on once; it is let through where it arrives. */
function redirected(
  { faults, url }: PlatformState,
  { facts, request }: Exchange,
): Reply | undefined {
  const hasArrived =
    request.url.searchParams.has("redirected") || request.url.host !== new URL(url).host;
  const fault = hasArrived ? undefined : faults.take("redirect", facts);
  if (!fault) return undefined;
  const target = fault.to === "cross_origin" ? onOtherHost(request.url) : new URL(request.url);
  target.searchParams.set("redirected", "1");
  return { status: fault.status, headers: { Location: target.href }, body: "" };
}

function failed({ faults }: PlatformState, { facts }: Exchange): Reply | undefined {
  const page = faults.take("error_page", facts);
  if (page) return htmlReply(page.status, page.title);
  const json = faults.take("error_json", facts);
  return json && jsonReply(json.status, json.body ?? null, undefined, json.headers);
}

function denied({ faults }: PlatformState, { facts }: Exchange): Reply | undefined {
  if (faults.take("wrong_context", facts)) return jsonReply(401, CANVAS_WRONG_CONTEXT);
  const forbidden = faults.take("forbidden", facts);
  if (forbidden) return refuse(403, "forbidden", forbidden.words).reply;
  const missing = faults.take("not_found", facts);
  return missing && refuse(404, "not_found", missing.words).reply;
}
