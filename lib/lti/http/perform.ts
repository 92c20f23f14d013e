import { classifyResponse } from "../classify/classify.ts";
import type { ClassifyInput } from "../classify/verdict.ts";
import { RedirectRefused } from "../errors.ts";
import { isRedirect, sendOnce } from "./exchange.ts";
import type { PlatformReply, PlatformRequest } from "./exchange.ts";
import { presentOf } from "../options.ts";
import type { LtiOptions } from "../options.ts";
import { isPage } from "./page-text.ts";
import { reasonOf, replyWords } from "./reply-words.ts";
import { parseServiceUrl } from "../values/service-url.ts";
import { verdictError } from "../classify/verdict-error.ts";

export type { PlatformReply, PlatformRequest } from "./exchange.ts";

/** What the sender knows about the access token it sent. */
export type TokenFacts = Pick<ClassifyInput, "tokenAgeMs" | "isTokenExpired" | "hasTokenWorked">;

const MOST_REDIRECTS = 3;

/**
 * Sends a request to a platform and returns its reply if it was a success.
 *
 * The one way out of this library: user agent, deadline, size limit, no redirect to another
 * origin, secrets removed from everything that is kept.
 *
 * @throws LtiError  whatever the reply, or its absence, means
 */
export async function perform(
  request: PlatformRequest,
  options: LtiOptions,
  token: TokenFacts = {},
): Promise<PlatformReply> {
  const outcome = await sendFollowing(request, options);
  const { operation, method, url } = request;
  const now = presentOf(options);
  if (!outcome.reply) {
    const verdict = classifyResponse({
      operation,
      method,
      now,
      failure: outcome.failure,
      ...token,
    });
    if (verdict.code === null) throw new TypeError("a failure cannot be accepted");
    throw verdictError(verdict, { operation, url }, outcome.cause);
  }
  const { reply } = outcome;
  const reason = reasonOf(reply);
  const verdict = classifyResponse({ operation, method, now, ...reply, reason, ...token });
  if (verdict.code === null) return reply;
  throw verdictError(verdict, factsOf(request, reply));
}

/** What an error says about the exchange that it stems from. */
export function factsOf(request: PlatformRequest, reply: PlatformReply) {
  return {
    operation: request.operation,
    url: reply.url,
    status: reply.status,
    excerpt: replyWords(reply, request.secrets),
    ...(isPage(reply.body) && { isPage: true }),
  };
}

async function sendFollowing(request: PlatformRequest, options: LtiOptions) {
  let current = request;
  for (let hops = 0; ; hops++) {
    const outcome = await sendOnce(current, options);
    if (!outcome.reply || !isRedirect(outcome.reply)) return outcome;
    current = { ...current, url: redirectTarget(current, outcome.reply, hops) };
  }
}

function redirectTarget(request: PlatformRequest, reply: PlatformReply, hops: number): string {
  const location = reply.headers.get("location") ?? "";
  const refuse = (reason: string) => new RedirectRefused(location, reason, factsOf(request, reply));
  const target = parseServiceUrl(location, request.url);
  if (!target) throw refuse("it leads to no web address");
  if (target.origin !== new URL(request.url).origin) throw refuse("it leads to another origin");
  if (hops >= MOST_REDIRECTS) throw refuse("there are too many");
  // Browsers would turn these into a GET and lose the body.
  if (request.method !== "GET" && reply.status < 307) throw refuse("it would drop the body");
  return target.href;
}
