import * as stored from "#lib/db/audit/entries.ts";
import type { AuditEntry } from "#lib/db/generated/client.ts";
import type { Caller } from "../caller.ts";
import { decodeCursor, encodeCursor, pageFrom } from "../cursor.ts";
import type { Page } from "../fields.ts";
import { type AuditEntryView, AuditFilter } from "../operators/schema.ts";
import { validated } from "../validated.ts";

/** Newest first. */
export async function listAuditEntries(
  caller: Caller,
  filter: Partial<AuditFilter>,
): Promise<Page<AuditEntryView>> {
  const { cursor, limit, ...conditions } = validated(AuditFilter, filter);
  const [before] = decodeCursor(cursor, ["number"]) ?? [];
  const beforeId = before === undefined ? undefined : BigInt(before);
  const query = { ...conditions, beforeId, limit: limit + 1 };
  const { entries, total } = await stored.listAuditEntries(caller.db.prisma, query);
  const nextCursor = (entry: AuditEntry) => encodeCursor([entry.id.toString()]);
  return pageFrom({ rows: entries, limit, total, nextCursor, view: viewOf });
}

function viewOf(entry: AuditEntry): AuditEntryView {
  return {
    id: entry.id.toString(),
    at: entry.at.toISOString(),
    actor: entry.actor,
    source: entry.source as AuditEntryView["source"],
    action: entry.action,
    object: entry.object,
    objectId: entry.objectId,
    detail: entry.detail as AuditEntryView["detail"],
  };
}
