import type { Exchange } from "./exchange.ts";
import { htmlReply, jsonReply, refuse, sitePage, type Reply } from "./http/reply.ts";
import { CANVAS_WRONG_CONTEXT } from "./oauth/authorize.ts";
import { onOtherHost } from "./paging/link-header.ts";
import type { PlatformState } from "./state.ts";
import { rateLimited, throttled } from "./throttle.ts";

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
  return (
    limited(state, exchange) ??
    redirected(state, exchange) ??
    failed(state, exchange) ??
    denied(state, exchange)
  );
}

function limited({ faults }: PlatformState, { facts }: Exchange): Reply | undefined {
  const fault = faults.take("rate_limited", facts);
  return fault
    ? rateLimited(fault.as, fault.retryAfterSec)
    : throttled(faults.take("throttle", facts));
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
  if (page)
    return faults.take("site_pages", facts)
      ? sitePage(page.status, page.title)
      : htmlReply(page.status, page.title);
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
