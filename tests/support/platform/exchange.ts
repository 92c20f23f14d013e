import { decodeJwt, decodeProtectedHeader } from "jose";
import type { Course } from "./course.ts";
import type { Facts } from "./faults/faults.ts";
import type { LineItem } from "./grades/line-item.ts";
import type { PlatformRequest } from "./http/request.ts";
import { matchRoute, type Route } from "./http/routes.ts";
import type { IssuedToken } from "./oauth/tokens.ts";
import type { PlatformState } from "./state.ts";

/** A request with all that the platform can tell about it before acting on it. */
export type Exchange = {
  request: PlatformRequest;
  route: Route;
  facts: Facts;
  contextId?: string;
  course?: Course;
  lineItem?: LineItem;
  /** The bearer token's record, whether or not it still works. */
  token?: IssuedToken;
  form?: URLSearchParams;
  assertion?: { header: Record<string, unknown>; claims: Record<string, unknown> };
  /** The parsed body of a request that writes; undefined where it is not JSON. */
  json?: unknown;
  /** How far the platform's clock is ahead of the true time. */
  skewSec: number;
};

export function identify(state: PlatformState, request: PlatformRequest): Exchange {
  const { route, contextId, lineItemNumber } = matchRoute(request.url.pathname);
  const course = contextId === undefined ? undefined : state.courses.get(contextId);
  const lineItem = course?.lineItems.get(lineItemNumber ?? -1);
  const exchange: Exchange = {
    request,
    route,
    contextId,
    course,
    lineItem,
    ...(route === "token" ? readAssertion(request) : readBearer(state, request)),
    skewSec: 0,
    facts: { route, method: request.method, contextId, lineItem: lineItem?.url },
  };
  exchange.facts.clientId = exchange.token?.clientId ?? asString(exchange.assertion?.claims["iss"]);
  exchange.facts.userId = userIdOf(exchange);
  exchange.skewSec = state.faults.take("clock_skew", exchange.facts)?.seconds ?? 0;
  return exchange;
}

function readAssertion(request: PlatformRequest): Pick<Exchange, "form" | "assertion"> {
  const form = new URLSearchParams(request.body);
  const jwt = form.get("client_assertion") ?? "";
  try {
    return {
      form,
      assertion: { header: { ...decodeProtectedHeader(jwt) }, claims: decodeJwt(jwt) },
    };
  } catch {
    return { form };
  }
}

function readBearer(
  state: PlatformState,
  request: PlatformRequest,
): Pick<Exchange, "token" | "json"> {
  const value = /^Bearer (.+)$/.exec(request.headers["authorization"] ?? "")?.[1];
  return {
    token: value === undefined ? undefined : state.tokens.find(value),
    json: request.body === "" ? undefined : parseJson(request.body),
  };
}

function userIdOf({ json, request }: Exchange): string | undefined {
  if (typeof json === "object" && json !== null && "userId" in json) return asString(json.userId);
  return request.url.searchParams.get("user_id") ?? undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function asString(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
