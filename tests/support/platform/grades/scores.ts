import type { Exchange } from "#tests/support/platform/exchange.ts";
import {
  emptyReply,
  jsonReply,
  refuse,
  Refused,
  type Reply,
} from "#tests/support/platform/http/reply.ts";
import { mediaTypeOf } from "#tests/support/platform/http/request.ts";
import { authorize } from "#tests/support/platform/oauth/authorize.ts";
import { hasRole } from "#tests/support/platform/roster/roles.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/wire.ts";
import type { LineItem } from "./line-item.ts";
import { openLineItem } from "./open-line-item.ts";
import { readScore, type ScoreBody } from "./score-body.ts";
import { storeScore } from "./store-score.ts";
import { userRefusal } from "./user-refusal.ts";

/** AGS 2.0 §3.4: takes one score. */
export function postScore(state: PlatformState, exchange: Exchange): Reply {
  try {
    return acceptScore(state, exchange);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    state.counters.counts.scoresRefused++;
    const hasNewline = exchange.request.body.includes("\n");
    const isHidden = state.faults.take(
      "refuse_as_empty_list",
      exchange.facts,
      ({ when }) => when === "always" || hasNewline,
    );
    if (isHidden) return jsonReply(200, []);
    const isRefusal = error.reply.status === 400;
    if (isRefusal && state.faults.take("reason_in_status_line", exchange.facts))
      return wordless(exchange);
    throw error;
  }
}

/** The reason stands in the status line, with the score as it was posted; the body is an empty list. */
function wordless({ request }: Exchange): Reply {
  return { ...jsonReply(400, []), reason: `Incorrect score received${request.body}` };
}

function acceptScore(state: PlatformState, exchange: Exchange): Reply {
  const { request, facts } = exchange;
  if (request.method !== "POST")
    throw refuse(405, "method_not_allowed", "POST only", { Allow: "POST" });
  const course = authorize(state, exchange, [SCOPE.score]);
  const lineItem = openLineItem(exchange, course);
  if (mediaTypeOf(request.headers["content-type"]) !== MEDIA.score) {
    throw refuse(415, "unsupported_media_type", `Content-Type must be ${MEDIA.score}`);
  }
  const clips = state.faults.take("clip_points", facts) !== undefined;
  const score = readScore(exchange.json, { allowsNegative: clips });
  checkUser(state, exchange, score);
  checkLock(state, exchange, lineItem, score);
  storeScore(state, exchange, lineItem, score, { clips });
  const as = state.faults.take("score_reply", facts);
  return as ? { ...emptyReply(as.status), body: as.body } : emptyReply(200);
}

/** Moodle has no words for a locked grade: it answers as if it had failed. */
function checkLock(
  state: PlatformState,
  { facts }: Exchange,
  lineItem: LineItem,
  { userId }: ScoreBody,
): void {
  if (!lineItem.isLockedFor(userId)) return;
  if (state.faults.take("locked_as", facts)) throw new Refused(jsonReply(500, []));
  throw refuse(403, "forbidden", "the grade is locked");
}

function checkUser(state: PlatformState, { facts, course }: Exchange, { userId }: ScoreBody): void {
  const ungradable = state.faults.take("ungradable_user", facts);
  if (ungradable) throw new Refused(userRefusal(ungradable.as));
  const member = course?.roster.find(userId);
  const isGradable = member && (!course?.input.learnersOnly || hasRole(member.roles, "Learner"));
  if (isGradable) return;
  const style = state.faults.take("unknown_user_as", facts)?.style;
  if (style) throw new Refused(userRefusal(style));
  if (!member) throw refuse(404, "not_found", "the user is not in this course");
  throw refuse(422, "unprocessable_entity", "the user is not a learner in this course");
}
