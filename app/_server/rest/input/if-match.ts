import { z } from "zod";
import { InvalidInput } from "#lib/operations/errors.ts";
import type { Expected } from "#lib/operations/version.ts";
import type { Route } from "../route.ts";

export const IfMatch = z
  .object({
    "If-Match": z
      .string()
      .meta({ description: "the ETag that was read; 412 where it is another by now" }),
  })
  .partial();

/**
 * The versions that `If-Match` names; every one matches where it is absent or `*`.
 *
 * @throws InvalidInput  it is not a list of ETags, or nothing here has one
 * @see RFC 9110 §13.1.1
 */
export function readIfMatch(
  { headers }: Request,
  { method, isConditional }: Pick<Route, "method" | "isConditional">,
): Expected {
  const given = headers.get("if-match")?.trim();
  if (given === undefined || given === "*" || method === "GET") return {};
  if (!isConditional) throw refused("is not heeded here: what this acts on has no ETag");
  const tags = given.split(",").map((tag) => tag.trim());
  // A weak one never matches: what was read under it may differ from what is stored.
  if (!tags.every((tag) => /^(W\/)?"[\x21\x23-\x7e]*"$/.test(tag))) {
    throw refused('must be `*`, or ETags such as "zP3…" with their quotes');
  }
  return { ifVersion: tags.filter((tag) => tag.startsWith('"')).map((tag) => tag.slice(1, -1)) };
}

function refused(message: string): InvalidInput {
  return new InvalidInput({ "If-Match": [message] });
}
