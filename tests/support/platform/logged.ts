import type { Exchange } from "./exchange.ts";
import { fingerprint } from "./oauth/tokens.ts";
import type { LoggedRequest } from "./request-log.ts";

/** What is kept of a request: everything but the secrets, which become fingerprints. */
export function logged(exchange: Exchange): Omit<LoggedRequest, "number"> {
  const { request, route, facts, assertion } = exchange;
  const { clientId, contextId, lineItem, userId } = facts;
  return {
    at: new Date().toISOString(),
    method: request.method,
    route,
    host: request.url.host,
    path: request.url.pathname,
    query: request.url.search.slice(1),
    headers: withoutSecret(exchange),
    body: withoutAssertion(exchange),
    clientId,
    contextId,
    lineItem,
    userId,
    assertion,
  };
}

function withoutSecret({ request, token }: Exchange): Record<string, string> {
  const { authorization } = request.headers;
  if (authorization === undefined) return { ...request.headers };
  const [scheme = "", ...secret] = authorization.split(" ");
  const mark = token?.fingerprint ?? fingerprint(secret.join(" "));
  return { ...request.headers, authorization: `${scheme} sha256:${mark}` };
}

function withoutAssertion({ request, form }: Exchange): string {
  if (!form?.has("client_assertion")) return request.body;
  const shown = new URLSearchParams(form);
  shown.set("client_assertion", "redacted");
  return shown.toString();
}
