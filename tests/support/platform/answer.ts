import { setTimeout as sleep } from "node:timers/promises";
import { identify, type Exchange } from "./exchange.ts";
import { groups, groupSets } from "./groups/groups.ts";
import { lineItems } from "./grades/line-items.ts";
import { results } from "./grades/results.ts";
import { postScore } from "./grades/scores.ts";
import { singleLineItem } from "./grades/single-line-item.ts";
import { jsonReply, refuse, Refused, type Reply } from "./http/reply.ts";
import type { PlatformRequest } from "./http/request.ts";
import type { Route } from "./http/routes.ts";
import { interfere } from "./interference.ts";
import { authentication } from "./launch/authentication.ts";
import { deepLinkReturn } from "./launch/deep-link-return.ts";
import { home } from "./launch/home.ts";
import { launchPage } from "./launch/pages.ts";
import { noticeHandlers } from "./notices/notice-handlers.ts";
import { hostedJwks, openidConfiguration, platformJwks } from "./oauth/discovery.ts";
import { tokenEndpoint } from "./oauth/token-endpoint.ts";
import { register } from "./registration/register.ts";
import { logged } from "./logged.ts";
import { differences } from "./roster/differences.ts";
import { memberships } from "./roster/memberships.ts";
import { spoil } from "./spoiling.ts";
import type { PlatformState } from "./state.ts";

type Handler = (state: PlatformState, exchange: Exchange) => Reply | Promise<Reply>;

const handlers: Record<Route, Handler> = {
  token: tokenEndpoint,
  authorize: authentication,
  jwks: platformJwks,
  openid_configuration: openidConfiguration,
  registration: register,
  notice_handlers: noticeHandlers,
  home,
  launch: (state, { request }) => launchPage(state, request.url.searchParams.get("plan") ?? ""),
  deep_link_return: deepLinkReturn,
  memberships,
  differences,
  line_items: lineItems,
  groups,
  group_sets: groupSets,
  line_item: singleLineItem,
  scores: postScore,
  results,
  other: (state, exchange) => {
    const reply = hostedJwks(state, exchange);
    if (!reply) throw refuse(404, "not_found", "no such page");
    return reply;
  },
};

/** The platform's answer to one request: faults before, the route, faults after; all of it counted. */
export async function answer(state: PlatformState, request: PlatformRequest): Promise<Reply> {
  const exchange = identify(state, request);
  const entry = state.log.add(logged(exchange));
  const leave = state.counters.enter(exchange.facts);
  const startedMs = performance.now();
  await pause(state, exchange, "before");
  const reply = interfere(state, exchange) ?? spoil(state, exchange, await act(state, exchange));
  await pause(state, exchange, "after");
  entry.status = reply.cut ? undefined : reply.status;
  entry.ms = Math.round(performance.now() - startedMs);
  leave(entry.status);
  return reply;
}

async function act(state: PlatformState, exchange: Exchange): Promise<Reply> {
  try {
    return await handlers[exchange.route](state, exchange);
  } catch (error) {
    if (error instanceof Refused) return gone(state, exchange) ?? error.reply;
    throw error;
  }
}

/** Moodle's words for a column that it does not have: a reason, and the request once more. */
function gone(state: PlatformState, exchange: Exchange): Reply | undefined {
  const { route, lineItem, facts, request } = exchange;
  const isColumn = route === "line_item" || route === "scores" || route === "results";
  if (!isColumn || lineItem || !state.faults.take("gone_as", facts)) return undefined;
  const { method, url, headers } = request;
  return jsonReply(404, {
    status: 404,
    reason: `Not Found: Grade item ${url.pathname.split("/").at(-2)} doesn't exist`,
    request: {
      method,
      url: url.pathname + url.search,
      contentType: headers["content-type"] ?? "",
    },
  });
}

async function pause(state: PlatformState, { facts, route }: Exchange, when: "before" | "after") {
  const { latencyMs } = state.options;
  const usual = typeof latencyMs === "number" ? latencyMs : (latencyMs[route] ?? 0);
  const extra = state.faults.take("delay", facts, (fault) => fault.when === when)?.ms ?? 0;
  const ms = (when === "before" ? usual : 0) + extra;
  if (ms > 0) await sleep(ms);
}
