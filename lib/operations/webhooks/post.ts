import { Webhook } from "standardwebhooks";
import type { Sealer } from "#lib/auth/secrets/seal.ts";
import type { NewDelivery } from "#lib/db/webhooks/deliveries.ts";
import type { WebhookEndpoint } from "#lib/db/webhooks/endpoints.ts";
import { isCodedError } from "#lib/errors.ts";
import type { Fetch, FetchReply } from "#lib/lti/index.ts";
import type { FeedEvent } from "../feed/schema.ts";
import { secretsOf } from "./secrets.ts";

const TIMEOUT_MS = 15_000;
/** So much of an answer is kept; no more of it is read. */
const MOST_KEPT = 1_000;

export type Posting = { fetch: Fetch; sealer: Sealer; userAgent?: string; now: () => Date };

/** What is posted: a change of the feed, or a test that looks like one. */
export type PostedEvent = Omit<FeedEvent, "type"> & { type: string };

/**
 * Posts one event to an endpoint, signed (Standard Webhooks 1.0, "Signature scheme"), and says what
 * came of it; it never rejects. A redirect is not followed, and is no acceptance.
 */
export async function postEvent(
  { fetch, sealer, userAgent, now }: Posting,
  endpoint: WebhookEndpoint,
  event: PostedEvent,
  { reason, attempt }: { reason: "change" | "test"; attempt: number },
): Promise<NewDelivery> {
  const startedMs = performance.now();
  const about = { endpointId: endpoint.id, eventId: event.id, type: event.type, reason, attempt };
  const took = () => Math.round(performance.now() - startedMs);
  const body = JSON.stringify(event);
  try {
    const at = now();
    const signatures = secretsOf(sealer, endpoint, at).map((secret) =>
      new Webhook(secret).sign(event.id, at, body),
    );
    const reply = await fetch(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "webhook-id": event.id,
        "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
        "webhook-signature": signatures.join(" "),
        ...(userAgent && { "user-agent": userAgent }),
      },
      body,
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await beginningOf(reply);
    const isDelivered = reply.status >= 200 && reply.status < 300;
    const httpStatus = reply.status;
    return { ...about, isDelivered, httpStatus, problem: null, answer, milliseconds: took() };
  } catch (error) {
    const problem = problemOf(error);
    const httpStatus = null;
    return { ...about, isDelivered: false, httpStatus, problem, answer: "", milliseconds: took() };
  }
}

async function beginningOf({ body }: FetchReply): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length >= MOST_KEPT) break;
  }
  return text.slice(0, MOST_KEPT).replaceAll("\u0000", "");
}

function problemOf(error: unknown): string {
  if (isCodedError(error)) return `${error.message} (${error.code})`;
  if (!(error instanceof Error)) return "there was no answer";
  if (error.name === "TimeoutError") return `there was no answer within ${TIMEOUT_MS / 1_000} s`;
  const { cause } = error;
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message;
}
