import { z } from "zod";
import { peopleInRoster } from "#lib/db/scores/scores.ts";
import { type Result, SCOPE, streamResults } from "#lib/lti/index.ts";
import type { Asker, Caller } from "../caller.ts";
import { InvalidInput } from "../errors.ts";
import { permit, seesNames } from "../permit.ts";
import { validated } from "../validated.ts";
import { lineItemEndpoints, usableCourse } from "./endpoints.ts";
import { requiredLineItem } from "./line-items.ts";
import { ResultFilter, type ResultPage, type ResultView } from "./results-schema.ts";

/**
 * One page of what the platform holds for a line item, asked of it now; nothing is stored.
 *
 * @throws ScopeMismatch  the platform does not let the tool read results
 * @throws LtiError       the platform refused, or gave no answer
 */
export async function listResults(
  asker: Asker,
  { lineItemId, ...query }: { lineItemId: string } & Partial<ResultFilter>,
): Promise<ResultPage> {
  const caller = await permit(asker, "read", { lineItemId });
  const { cursor, limit, userId } = validated(ResultFilter, query);
  const { id, courseId, url: lineItemUrl } = await requiredLineItem(caller.db, lineItemId);
  const course = await usableCourse(caller, courseId);
  const pageUrl = cursor === undefined ? undefined : pageOf(caller, cursor, { id, userId });
  const endpoints = lineItemEndpoints(course, [SCOPE.resultReadonly], lineItemUrl);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  // Moodle finds no page of results where its line item's address has a query: they come whole.
  const size = new URL(lineItemUrl).search === "" ? { limit } : {};
  const page = await connection.call(async (client) => {
    const pages = streamResults(client, { lineItemUrl, userId, pageUrl, ...size });
    for await (const first of pages) return first;
    return null;
  });
  const rows = page?.rows ?? [];
  const people = seesNames(caller.actor)
    ? await peopleInRoster(
        caller.db,
        courseId,
        rows.map((row) => row.userId),
      )
    : new Map<string, { name: string | null }>();
  const next = page?.nextUrl;
  return {
    items: rows.map((row) => viewOf(row, people.get(row.userId)?.name ?? null)),
    nextCursor: next === undefined ? null : cursorOf(caller, { id, userId, pageUrl: next }),
    unreadable: page?.quarantined.length ?? 0,
    isWhole: page !== null && page.complete && page.quarantined.length === 0,
  };
}

const PURPOSE = "page of results";

const Place = z.object({ id: z.string(), userId: z.string().optional(), pageUrl: z.string() });

/** Sealed: an address in it is called with a token, so it must be one that a platform named. */
function cursorOf({ engine }: Caller, place: z.infer<typeof Place>): string {
  return Buffer.from(engine.sealer.seal(JSON.stringify(place), PURPOSE)).toString("base64url");
}

/** @throws InvalidInput  it was not given out for this line item and person */
function pageOf(
  { engine }: Caller,
  cursor: string,
  of: Pick<z.infer<typeof Place>, "id" | "userId">,
): string {
  try {
    const sealed = Buffer.from(cursor, "base64url").toString("utf8");
    const place = Place.parse(JSON.parse(engine.sealer.unseal(sealed, PURPOSE)));
    if (place.id === of.id && place.userId === of.userId) return place.pageUrl;
  } catch {
    // Said below, as for one of another list.
  }
  throw new InvalidInput({ cursor: ["is not a cursor that a page of this list gave out"] });
}

function viewOf(row: Result, name: string | null): ResultView {
  return {
    userId: row.userId,
    name,
    resultScore: row.resultScore ?? null,
    resultMaximum: row.resultMaximum,
    comment: row.comment ?? null,
    scoringUserId: row.scoringUserId ?? null,
    url: row.url ?? null,
    extensions: row.extensions,
  };
}
