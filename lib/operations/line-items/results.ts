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
  const place = cursor === undefined ? undefined : placeOf(caller, cursor, { id, userId });
  const endpoints = lineItemEndpoints(course, [SCOPE.resultReadonly], lineItemUrl);
  const connection = await caller.engine.connect(course.registrationId, endpoints);
  // Moodle finds no page of results where its line item's address has a query: they come whole.
  const size = new URL(lineItemUrl).search === "" ? { limit } : {};
  const page = await connection.call(async (client) => {
    const pages = streamResults(client, {
      lineItemUrl,
      userId,
      pageUrl: place?.pageUrl,
      ...size,
    });
    for await (const first of pages) return first;
    return null;
  });
  const { start, isShifted } = startIn(page?.rows ?? [], place);
  const rows = (page?.rows ?? []).slice(start, start + limit);
  const people = seesNames(caller.actor)
    ? await peopleInRoster(
        caller.db,
        courseId,
        rows.map((row) => row.userId),
      )
    : new Map<string, { name: string | null }>();
  const given = start + rows.length;
  const isCut = page !== null && given < page.rows.length;
  const next: Place | undefined = isCut
    ? { id, userId, pageUrl: place?.pageUrl, given, after: rows.at(-1)!.userId, isShifted }
    : page?.nextUrl === undefined
      ? undefined
      : { id, userId, pageUrl: page.nextUrl, isShifted };
  return {
    items: rows.map((row) => viewOf(row, people.get(row.userId)?.name ?? null)),
    nextCursor: next ? cursorOf(caller, next) : null,
    unreadable: start === 0 ? (page?.quarantined.length ?? 0) : 0,
    isWhole:
      !isCut && !isShifted && page !== null && page.complete && page.quarantined.length === 0,
  };
}

/**
 * Where to go on in a page that was larger than what was asked for, and is asked for again. Where
 * the last person given is no longer in it, nobody can say that all were seen.
 */
function startIn(
  rows: readonly Result[],
  { given = 0, after, isShifted = false }: Partial<Place> = {},
) {
  if (after === undefined) return { start: 0, isShifted };
  const last = rows.findIndex(({ userId }) => userId === after);
  return last >= 0 ? { start: last + 1, isShifted } : { start: given, isShifted: true };
}

const PURPOSE = "page of results";

const Place = z.object({
  id: z.string(),
  userId: z.string().optional(),
  /** The platform's page; absent: its first. */
  pageUrl: z.string().optional(),
  /** How many of that page were given, and the last of them. */
  given: z.number().int().optional(),
  after: z.string().optional(),
  isShifted: z.boolean().optional(),
});
type Place = z.infer<typeof Place>;

/** Sealed: an address in it is called with a token, so it must be one that a platform named. */
function cursorOf({ engine }: Caller, place: Place): string {
  return Buffer.from(engine.sealer.seal(JSON.stringify(place), PURPOSE)).toString("base64url");
}

/** @throws InvalidInput  it was not given out for this line item and person */
function placeOf({ engine }: Caller, cursor: string, of: Pick<Place, "id" | "userId">): Place {
  try {
    const sealed = Buffer.from(cursor, "base64url").toString("utf8");
    const place = Place.parse(JSON.parse(engine.sealer.unseal(sealed, PURPOSE)));
    if (place.id === of.id && place.userId === of.userId) return place;
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
