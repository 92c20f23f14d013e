import type { FailureReason } from "../classify/verdict.ts";
import type { Operation } from "../services/operations.ts";
import {
  DEFAULT_MAX_RESPONSE_BYTES,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_USER_AGENT,
  presentOf,
} from "../options.ts";
import type { Exchange, FetchReply, LtiOptions } from "../options.ts";
import { discardBody, readBody } from "./read-body.ts";
import { excerptOf, redact } from "./redact.ts";
import { codedCause, failureReason } from "./transport-failure.ts";

/** One request to a platform, as values. */
export type PlatformRequest = {
  operation: Operation;
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Values to be removed from everything that is kept of this exchange. */
  secrets?: readonly string[];
};

/** A whole reply; `body` is text, read within the limits. */
export type PlatformReply = {
  status: number;
  /** The words of the status line, as they came: they may hold personal data. */
  reason?: string;
  headers: FetchReply["headers"];
  body: string;
  url: string;
};

export type ExchangeOutcome =
  | { reply: PlatformReply; failure?: undefined }
  | { failure: FailureReason; cause: unknown; reply?: undefined };

/** Reply headers worth keeping: none of them can hold a secret of ours. */
const KEPT_HEADERS = [
  "content-type",
  "date",
  "link",
  "location",
  "retry-after",
  "server",
  "www-authenticate",
  "x-rate-limit-remaining",
  "x-request-cost",
  "x-request-id",
];

/** Sends one request and reads the reply within the limits; redirects are not followed. */
export async function sendOnce(
  request: PlatformRequest,
  options: LtiOptions,
): Promise<ExchangeOutcome> {
  const at = presentOf(options);
  const startedMs = performance.now();
  const headers = { "user-agent": options.userAgent ?? DEFAULT_USER_AGENT, ...request.headers };
  const outcome = await withDeadline(options, async (signal, extend) => {
    const { method, url, body } = request;
    const reply = await options.fetch(url, { method, headers, body, redirect: "manual", signal });
    extend();
    options.onReply?.(reply, request.operation);
    if (isRedirect(reply)) {
      await discardBody(reply.body);
      return { status: reply.status, headers: reply.headers, body: "", url };
    }
    const limit = options.maxResponseBytes ?? DEFAULT_MAX_RESPONSE_BYTES;
    return {
      status: reply.status,
      reason: reply.statusText,
      headers: reply.headers,
      body: await readBody(reply.body, limit, signal),
      url,
    };
  });
  const ms = performance.now() - startedMs;
  const { reply, failure } = outcome;
  options.onCall?.({ operation: request.operation, ms, status: reply?.status, failure });
  options.onExchange?.(record({ ...request, headers }, outcome, at, ms));
  return outcome;
}

export function isRedirect(reply: { status: number; headers: FetchReply["headers"] }): boolean {
  return [301, 302, 303, 307, 308].includes(reply.status) && reply.headers.get("location") !== null;
}

async function withDeadline(
  options: LtiOptions,
  act: (signal: AbortSignal, extend: () => void) => Promise<PlatformReply>,
): Promise<ExchangeOutcome> {
  const controller = new AbortController();
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const expire = () => controller.abort(new DOMException("deadline", "TimeoutError"));
  const cancel = () => controller.abort(options.signal?.reason);
  let timer = setTimeout(expire, timeoutMs);
  const extend = () => {
    clearTimeout(timer);
    timer = setTimeout(expire, timeoutMs);
  };
  if (options.signal?.aborted) cancel();
  options.signal?.addEventListener("abort", cancel, { once: true });
  try {
    return { reply: await act(controller.signal, extend) };
  } catch (error) {
    const coded = codedCause(error);
    if (coded) throw coded;
    if (!controller.signal.aborted) return { failure: failureReason(error), cause: error };
    return { failure: options.signal?.aborted ? "cancelled" : "timeout", cause: error };
  } finally {
    clearTimeout(timer);
    options.signal?.removeEventListener("abort", cancel);
  }
}

function record(
  request: PlatformRequest,
  outcome: ExchangeOutcome,
  at: Date,
  ms: number,
): Exchange {
  const { operation, method, url, secrets } = request;
  const clean = (text: string) => redact(text, secrets);
  return {
    operation,
    method,
    url: clean(url),
    at,
    ms,
    requestHeaders: mapValues(request.headers, clean),
    ...(request.body !== undefined && { requestBody: excerptOf(request.body, secrets) }),
    ...(outcome.reply && { status: outcome.reply.status }),
    responseHeaders: outcome.reply ? keptHeaders(outcome.reply.headers, clean) : {},
    bodyExcerpt: outcome.reply ? excerptOf(outcome.reply.body, secrets) : "",
    ...(outcome.failure && { failure: outcome.failure }),
  };
}

function keptHeaders(headers: FetchReply["headers"], clean: (text: string) => string) {
  const found = KEPT_HEADERS.flatMap((name) => {
    const value = headers.get(name);
    return value === null ? [] : [[name, clean(value)] as const];
  });
  return Object.fromEntries(found);
}

function mapValues(values: Record<string, string>, change: (value: string) => string) {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
}
