import { setTimeout as later } from "node:timers/promises";
import { numberEntries, readEntries } from "#lib/db/feed/entries.ts";
import { recordRosterReading } from "../audit/reading.ts";
import type { Asker, Caller } from "../caller.ts";
import { FeedExpired } from "../errors.ts";
import { permit, registrationsOf, seesNames } from "../permit.ts";
import { validated } from "../validated.ts";
import { eventsOf } from "./events.ts";
import { type FeedEvent, FeedQuery, type FeedPage } from "./schema.ts";

const LOOK_AGAIN_MS = 1_000;

/**
 * What happened after a cursor, oldest first. Each change is given at least once, those of a course
 * in their order; a reader who keeps the last `nextCursor` misses none.
 *
 * @throws FeedExpired  changes after the cursor are no longer kept, or it was never given
 * @throws NotFound     the registration is not for this reader to see
 */
export async function readFeed(asker: Asker, query: Partial<FeedQuery>): Promise<FeedPage> {
  const { registrationId } = query;
  const place = registrationId === undefined ? "within" : { registrationId };
  const caller = await permit(asker, "read", place);
  const { after, wait, ...asked } = validated(FeedQuery, query);
  if (after === "now") {
    const { numbered } = await numberEntries(caller.db);
    return { items: [], nextCursor: String(numbered), hasMore: false };
  }
  const endMs = performance.now() + wait * 1_000;
  let cursor = BigInt(after ?? 0);
  for (;;) {
    const page = await pageAfter(caller, cursor, asked);
    const leftMs = endMs - performance.now();
    if (page.items.length > 0 || (!page.hasMore && leftMs <= 0)) return page;
    cursor = BigInt(page.nextCursor);
    // Where nothing of a long stretch matched, the next one is looked through at once.
    if (!page.hasMore) await later(Math.min(LOOK_AGAIN_MS, leftMs));
    else if (leftMs <= 0) return page;
  }
}

async function pageAfter(
  caller: Caller,
  after: bigint,
  { types, registrationId, courseId, limit }: Omit<FeedQuery, "after" | "wait">,
): Promise<FeedPage> {
  const { db, actor } = caller;
  const registrationIds = registrationId ? [registrationId] : registrationsOf(actor);
  const filter = { types, registrationIds, courseId };
  const { entries, readTo, numbered, dropped } = await readEntries(db, { ...filter, after, limit });
  if (after < dropped || after > numbered) throw new FeedExpired(String(after));
  const items = await eventsOf(db, entries, { after, limit, names: seesNames(actor) });
  for (const read of coursesRead(items)) await recordRosterReading(caller, read);
  const [last, lastEntry] = [items.at(-1), entries.at(-1)];
  const isCut = last && lastEntry && BigInt(last.sequence) < lastEntry.number;
  const cursor = isCut ? BigInt(last.sequence) : readTo;
  return { items, nextCursor: String(cursor), hasMore: cursor < numbered };
}

function coursesRead(items: readonly FeedEvent[]): Set<string> {
  return new Set(items.flatMap(({ member, courseId }) => (member && courseId ? [courseId] : [])));
}
