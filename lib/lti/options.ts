import type { FailureReason } from "./classify/verdict.ts";
import type { AccessToken } from "./oauth/access-token.ts";
import type { TokenStore } from "./oauth/token-store.ts";
import type { Operation } from "./services/operations.ts";

/** Tells the present; injected so that tests and simulations decide what time it is. */
export type Clock = () => Date;

/** The few facts of a reply that the library reads; `Response` of any fetch has them. */
export type FetchReply = {
  status: number;
  /** The words of the status line. */
  statusText?: string;
  headers: { get(name: string): string | null };
  body: AsyncIterable<Uint8Array> | null;
};

export type FetchInit = {
  method: string;
  headers: Record<string, string>;
  body?: string;
  redirect: "manual";
  signal: AbortSignal;
};

/** Sends one request; the platform's `fetch` or the guarded one of `createPlatformFetch`. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchReply>;

/**
 * One request and its reply, for request logs and the connection test.
 *
 * Access tokens, client assertions and anything that looks like one are removed;
 * bodies are cut to 2,000 characters and may hold personal data.
 */
export type Exchange = {
  operation: Operation;
  method: string;
  url: string;
  at: Date;
  /** Milliseconds until the whole body was read. */
  ms: number;
  requestHeaders: Record<string, string>;
  requestBody?: string;
  /** Absent when no reply came. */
  status?: number;
  responseHeaders: Record<string, string>;
  bodyExcerpt: string;
  /** Why there was no reply. */
  failure?: string;
};

/** What one request came to, without its content: cheap enough for every one of them. */
export type CallOutcome = {
  operation: Operation;
  /** Milliseconds until the whole body was read, or nothing more was waited for. */
  ms: number;
  /** Absent when no whole reply came. */
  status?: number;
  /** Why there was no whole reply. */
  failure?: FailureReason;
};

export type LtiOptions = {
  fetch: Fetch;
  now?: Clock;
  /** Where `authenticate` and the clients it makes look for tokens and keep new ones. */
  tokenStore?: TokenStore;
  /** Sent with every request; some platforms refuse requests without one. */
  userAgent?: string;
  /** Milliseconds until the head of the reply, and again until the end of its body; 15,000. */
  timeoutMs?: number;
  /** Largest body that is read, in bytes; 10,000,000. */
  maxResponseBytes?: number;
  signal?: AbortSignal;
  onExchange?: (exchange: Exchange) => void;
  /** Called with the head of every reply; cheaper than `onExchange`, which copies and redacts. */
  onReply?: (reply: Pick<FetchReply, "status" | "headers">, operation: Operation) => void;
  /** Called when a request is over, however it ended; for metrics. */
  onCall?: (call: CallOutcome) => void;
  /** Called once a platform takes a token that was not known to work, for a cache to remember. */
  onTokenWorked?: (token: AccessToken) => void;
};

export const DEFAULT_TIMEOUT_MS = 15_000;
export const DEFAULT_MAX_RESPONSE_BYTES = 10_000_000;
export const DEFAULT_USER_AGENT = "Rollbook (LTI Advantage service client)";

export function presentOf(options: Pick<LtiOptions, "now">): Date {
  return options.now ? options.now() : new Date();
}
