import * as stored from "#lib/db/audit/entries.ts";
import { objectKey, objectNames } from "#lib/db/audit/object-names.ts";
import type { AuditEntry } from "#lib/db/generated/client.ts";
import type { Asker } from "../caller.ts";
import { withoutLaunchName } from "../launches/record/launcher-name.ts";
import { permit, seesNames } from "../permit.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../lists/cursor.ts";
import { momentsOf, type Page } from "../fields.ts";
import { type AuditEntryView, AuditFilter } from "../operators/schema.ts";
import { NotPermitted } from "../errors.ts";
import { validated } from "../validated.ts";

/** Newest first, unless `sort` says otherwise. */
export async function listAuditEntries(
  asker: Asker,
  filter: Partial<AuditFilter>,
): Promise<Page<AuditEntryView>> {
  const caller = await permit(asker, "admin", "everywhere");
  const { cursor, limit, sort, ...conditions } = validated(AuditFilter, filter);
  const names = seesNames(caller.actor);
  if (!names && (conditions.actor ?? conditions.q) !== undefined)
    throw new NotPermitted("read:names");
  const [last] = decodeCursor(cursor, ["number"]) ?? [];
  const afterId = last === undefined ? undefined : BigInt(last);
  const page = { newestFirst: sort === "-at", afterId, limit: limit + 1 };
  const query = { ...conditions, ...momentsOf(conditions), ...page };
  const { entries, total } = await stored.listAuditEntries(caller.db, query);
  const called = await objectNames(
    caller.db,
    entries.flatMap(({ objectId }) => objectId ?? []),
  );
  const nextCursor = (entry: AuditEntry) => encodeCursor([entry.id.toString()]);
  return pageFrom({
    rows: entries,
    limit,
    total,
    nextCursor,
    view: (entry) => viewOf(entry, names, called),
  });
}

function viewOf(
  entry: AuditEntry,
  names: boolean,
  called: ReadonlyMap<string, string>,
): AuditEntryView {
  const { object, objectId } = entry;
  return {
    id: entry.id.toString(),
    at: entry.at.toISOString(),
    actor: names ? entry.actor : withoutLaunchName(entry.actor),
    actorKind: entry.actorKind as AuditEntryView["actorKind"],
    actorId: entry.actorId,
    source: entry.source as AuditEntryView["source"],
    action: entry.action,
    object,
    objectId,
    objectName: (objectId && called.get(objectKey(object, objectId))) || null,
    detail: entry.detail as AuditEntryView["detail"],
    address: entry.address,
    requestId: entry.requestId,
    times: entry.times,
  };
}
