/** Carries a request's ID to its handler; one that comes from outside is thrown away. */
export const REQUEST_ID_HEADER = "x-rollbook-request-id";

/** What the handler of a request knows of it, for the line that is logged when it is answered. */
export type RequestFacts = { route?: string; actor?: string };

// The web server and the bundles of routes each have their own copy of this module.
const key = Symbol.for("rollbook.request_facts");
const shared = globalThis as typeof globalThis & { [key]?: Map<string, RequestFacts> };
const open = (shared[key] ??= new Map());

/** Begins to keep facts of a request; who begins takes them as well. */
export function beginFacts(requestId: string): void {
  open.set(requestId, {});
}

export function takeFacts(requestId: string): RequestFacts {
  const facts = open.get(requestId) ?? {};
  open.delete(requestId);
  return facts;
}

/** Adds to what is kept of a request; nothing where nobody wants it. */
export function noteFacts(requestId: string, facts: RequestFacts): void {
  const known = open.get(requestId);
  if (known) Object.assign(known, facts);
}
