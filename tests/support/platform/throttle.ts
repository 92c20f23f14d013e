import type { FaultOf } from "./faults/faults.ts";
import { jsonReply, type Reply, type ReplyHeaders } from "./http/reply.ts";

type LimitStyle = FaultOf<"rate_limited">["as"];
type Bucket = { tokens: number; filledAtMs: number };

const buckets = new WeakMap<FaultOf<"throttle">, Bucket>();

/** A token bucket that really empties: who waits as told is let in again. */
export function throttled(fault: FaultOf<"throttle"> | undefined): Reply | undefined {
  if (!fault) return undefined;
  const now = Date.now();
  const bucket = buckets.get(fault) ?? { tokens: fault.burst, filledAtMs: now };
  buckets.set(fault, bucket);
  const gained = ((now - bucket.filledAtMs) / 1000) * fault.perSec;
  bucket.tokens = Math.min(fault.burst, bucket.tokens + gained);
  bucket.filledAtMs = now;
  if (bucket.tokens < 1)
    return rateLimited(fault.as, Math.ceil((1 - bucket.tokens) / fault.perSec));
  bucket.tokens--;
  return undefined;
}

export function rateLimited(as: LimitStyle, retryAfterSec: number): Reply {
  if (as === "canvas_403") {
    const headers = { "Content-Type": "text/plain", "X-Rate-Limit-Remaining": "0.0" };
    return { status: 403, headers, body: "403 Forbidden (Rate Limit Exceeded)\n" };
  }
  const headers: ReplyHeaders = {};
  if (as === "429_seconds") headers["Retry-After"] = String(retryAfterSec);
  if (as === "429_date") {
    headers["Retry-After"] = new Date(Date.now() + retryAfterSec * 1000).toUTCString();
  }
  return jsonReply(429, { error: "rate_limited", message: "slow down" }, undefined, headers);
}
