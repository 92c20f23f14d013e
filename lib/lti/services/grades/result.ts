import {
  Unusable,
  identifierOf,
  isJsonObject,
  numberOf,
  textOf,
  unknownMembers,
} from "../../values/json-body.ts";
import type { JsonObject } from "../../values/json-body.ts";

/** What the platform holds for one person in one line item. */
export type Result = {
  url?: string;
  userId: string;
  /** Absent where the platform holds no value. */
  resultScore?: number;
  /** 1 where the platform does not say. */
  resultMaximum: number;
  comment?: string;
  scoringUserId?: string;
  /** Address of the line item. */
  scoreOf?: string;
  extensions: JsonObject;
};

const KNOWN = new Set([
  "id",
  "userId",
  "resultScore",
  "resultMaximum",
  "comment",
  "scoringUserId",
  "scoreOf",
]);

/**
 * Reads one result: it, or the reason why it is none.
 *
 * @see AGS 2.0 §3.3.4
 */
export function parseResult(value: unknown): Result | Unusable {
  if (!isJsonObject(value)) return new Unusable("is not an object");
  const userId = identifierOf(value["userId"]);
  if (userId === undefined) return new Unusable("has no userId");
  return {
    url: textOf(value["id"]),
    userId,
    resultScore: numberOf(value["resultScore"]),
    resultMaximum: positiveOf(value["resultMaximum"]) ?? 1,
    comment: textOf(value["comment"]),
    scoringUserId: identifierOf(value["scoringUserId"]),
    scoreOf: textOf(value["scoreOf"]),
    extensions: unknownMembers(value, KNOWN),
  };
}

// 0 counts as negative, and would be divided by (AGS 2.0 §3.3.4.6).
function positiveOf(value: unknown): number | undefined {
  const number = numberOf(value);
  return number !== undefined && number > 0 ? number : undefined;
}
