import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Carries a page's nonce to whoever renders it; one that comes from outside is thrown away. */
export const NONCE_HEADER = "x-rollbook-nonce";

const POLICY = "content-security-policy";

/** Of a style that is empty, and of the one that the library of short messages (sonner) inserts. */
const LIBRARY_STYLES = [
  "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
  "'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY='",
];

const COMMON_HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cross-origin-resource-policy": "same-origin",
};

export type PagePolicy = {
  /** Origins that may show the page in a frame; none: nobody. */
  framedBy: readonly string[];
  /** On its way through a launch a window of the LMS speaks to the one that opened it. */
  keepsOpener: boolean;
  /** `npm run dev`: what Next's own tools need is allowed as well. */
  isDevelopment?: boolean;
};

/**
 * Tells the browser what a page of ours may do and who may frame it, before it is rendered. Next
 * reads the nonce for its own scripts from the policy in the request. An answer that brings a
 * policy of its own, as the pages of a launch do, keeps it.
 */
export function setPagePolicy(
  request: Pick<IncomingMessage, "headers">,
  response: ServerResponse,
  { framedBy, keepsOpener, isDevelopment = false }: PagePolicy,
): void {
  const nonce = randomBytes(16).toString("base64");
  const policy = pagePolicy(nonce, framedBy, isDevelopment);
  request.headers[POLICY] = policy;
  request.headers[NONCE_HEADER] = nonce;
  const headers = {
    ...COMMON_HEADERS,
    "cross-origin-opener-policy": keepsOpener ? "unsafe-none" : "same-origin",
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  beforeHead(response, () => {
    if (response.hasHeader(POLICY)) return;
    response.setHeader(POLICY, policy);
    if (framedBy.length === 0) response.setHeader("x-frame-options", "DENY");
  });
}

/** Scripts run by nonce alone, and what those load; older browsers go by `'self'`. */
function pagePolicy(nonce: string, framedBy: readonly string[], isDevelopment: boolean): string {
  // React's messages of where something is wrong are made by `eval`, and its overlay has styles.
  const scripts = isDevelopment ? " 'unsafe-eval'" : "";
  const styles = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}' ${LIBRARY_STYLES.join(" ")}`;
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${scripts}`,
    "script-src-attr 'none'",
    `style-src 'self' ${styles}`,
    // Widths and places of bars, which the server renders: no rule of a sheet can have them.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    frameAncestors(framedBy),
  ].join("; ");
}

/** The directive that says who may show a page in a frame. */
export function frameAncestors(origins: readonly string[]): string {
  return `frame-ancestors ${origins.length === 0 ? "'none'" : origins.join(" ")}`;
}

// Next appends the headers of a route's answer to those that are set; here they are all there.
function beforeHead(response: ServerResponse, work: () => void): void {
  const writeHead = response.writeHead.bind(response) as (...args: unknown[]) => ServerResponse;
  response.writeHead = (...args: unknown[]) => {
    if (!response.headersSent) work();
    return writeHead(...args);
  };
}
