import type { Exchange } from "./exchange.ts";
import { htmlReply, type Reply, type ReplyHeaders } from "./http/reply.ts";
import type { PlatformState } from "./state.ts";

/** The reply as it goes out: the route has acted, but what the tool hears may be spoilt. */
export function spoil({ faults }: PlatformState, exchange: Exchange, made: Reply): Reply {
  const { facts } = exchange;
  const failure = faults.take("error_after", facts);
  const reply = failure ? htmlReply(failure.status, failure.title) : { ...made };
  reply.headers = { ...reply.headers, ...limitHeaders(faults.take("rate_limit_headers", facts)) };
  if (exchange.skewSec !== 0) {
    reply.headers["Date"] = new Date(Date.now() + exchange.skewSec * 1000).toUTCString();
  }
  const type = faults.take("content_type", facts);
  if (type) reply.headers["Content-Type"] = type.contentType;
  if (faults.take("truncated_json", facts)) reply.body = reply.body.slice(0, reply.body.length / 2);
  const padding = faults.take("huge_body", facts);
  if (padding) reply.body += " ".repeat(padding.bytes);
  if (takesGzip(exchange) && faults.take("gzip", facts)) {
    reply.isGzipped = true;
    reply.headers["Content-Encoding"] = "gzip";
  }
  const cut = faults.take("cut", facts, ({ when }) => when !== "before");
  return cut ? { ...reply, cut: cut.when === "during" ? "midway" : "now" } : reply;
}

function takesGzip({ request }: Exchange): boolean {
  return /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
}

function limitHeaders(fault?: { remaining: number; cost: number }): ReplyHeaders {
  if (!fault) return {};
  return {
    "X-Rate-Limit-Remaining": String(fault.remaining),
    "X-Request-Cost": String(fault.cost),
  };
}
