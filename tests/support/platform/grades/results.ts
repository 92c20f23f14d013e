import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, sitePage, type Reply } from "#tests/support/platform/http/reply.ts";
import { acceptNames } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import { linkHeaders } from "#tests/support/platform/paging/link-header.ts";
import { pageUrl, readPageRequest } from "#tests/support/platform/paging/page-request.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/wire.ts";
import type { LineItem } from "./line-item.ts";
import { openLineItem } from "./open-line-item.ts";
import { pointsOf } from "./points.ts";
import { withRowDefects } from "./row-defect.ts";
import type { StoredScore } from "./stored-score.ts";

/** AGS 2.0 §3.3: what the gradebook holds now. */
export function results(state: PlatformState, exchange: Exchange): Reply {
  const { request } = exchange;
  if (request.method !== "GET")
    throw refuse(405, "method_not_allowed", "GET only", { Allow: "GET" });
  const course = authorize(state, exchange, [SCOPE.resultReadonly]);
  const lineItem = openLineItem(exchange, course);
  if (!acceptNames(request.headers["accept"], MEDIA.results)) {
    throw refuse(406, "not_acceptable", `Accept must name ${MEDIA.results}`);
  }
  if (hasBrokenPaging(state, exchange)) return sitePage(404, "Error", "Can't find data record");
  const { limit, cursor = { start: 0, revision: 0 } } = readPageRequest(state, exchange);
  const wanted = scoresFor(lineItem, request.url.searchParams.get("user_id"));
  const start = cursor.start + limit;
  const headers = linkHeaders(state, exchange, {
    next: start < wanted.length ? pageUrl(exchange, { ...cursor, start }) : undefined,
  });
  const isBare = state.faults.take("bare_empty_results", exchange.facts) !== undefined;
  const page = wanted.slice(cursor.start, start).map((score) => toResult(lineItem, score, isBare));
  return jsonReply(200, withRowDefects(state, exchange, page), MEDIA.results, headers);
}

function scoresFor(lineItem: LineItem, userId: string | null): StoredScore[] {
  if (userId === null) return [...lineItem.scores.values()];
  const score = lineItem.scores.get(userId);
  return score ? [score] : [];
}

/** Moodle knows no page of results under the query that its line items carry. */
function hasBrokenPaging({ faults }: PlatformState, { facts, request }: Exchange): boolean {
  const query = request.url.searchParams;
  if (!query.has("limit") || !query.has("type_id")) return false;
  return faults.take("paged_results_missing", facts) !== undefined;
}

/** A person without a value is told by the person alone where results are bare. */
function toResult(
  lineItem: LineItem,
  score: StoredScore,
  isBare: boolean,
): Record<string, unknown> {
  const resultMaximum = lineItem.fields.scoreMaximum;
  const url = new URL(lineItem.url);
  url.pathname += `/results/${encodeURIComponent(score.userId)}`;
  if (isBare && score.result === undefined) return { id: url.href, userId: score.userId };
  return {
    id: url.href,
    scoreOf: lineItem.url,
    userId: score.userId,
    resultScore: score.result === undefined ? null : pointsOf(score.result, resultMaximum),
    resultMaximum,
    comment: score.comment,
    scoringUserId: score.scoringUserId,
  };
}
