import { isJsonObject, parseJson, textOf } from "../../../values/json-body.ts";
import { MEDIA_TYPE } from "../../../values/media-types.ts";
import { SCOPE } from "../../../scopes.ts";
import type { ServiceClient } from "../../service-client.ts";
import { lineItemUrlOf, scoresUrl } from "../grades-urls.ts";
import { createScore, scoreToJson } from "./score.ts";
import type { Score } from "./score.ts";

/** The platform took the score; some platforms say where the result can be read. */
export type PostedScore = { status: number; resultUrl?: string };

/**
 * Posts one score; sent once, never repeated here.
 *
 * @throws ScoreInvalid         before anything is sent
 * @throws RequestRejected      this score is refused; the next may be fine
 * @throws TimestampConflict    the platform holds a score that is as new; read the result
 * @throws UnknownOutcome       it may have been taken; read the result before sending again
 * @throws ResourceGone         the line item is gone; `isCertain` false: perhaps the user
 * @throws AccessTokenRejected  replace the token once, then post again
 * @throws LtiError             whatever else a reply means
 * @see AGS 2.0 §3.4
 */
export async function postScore(
  client: ServiceClient,
  score: Score,
  options: { lineItemUrl?: string; signal?: AbortSignal } = {},
): Promise<PostedScore> {
  const reply = await client.request({
    operation: "score.post",
    service: "grades",
    method: "POST",
    url: scoresUrl(lineItemUrlOf(client, options.lineItemUrl)),
    scopes: [SCOPE.score],
    contentType: MEDIA_TYPE.score,
    body: scoreToJson(createScore(score)),
    signal: options.signal,
  });
  return { status: reply.status, resultUrl: resultUrlIn(reply.body) };
}

// The score was taken; what else the platform says may be anything.
function resultUrlIn(body: string): string | undefined {
  const parsed = parseJson(body);
  return isJsonObject(parsed) ? textOf(parsed["resultUrl"]) : undefined;
}
