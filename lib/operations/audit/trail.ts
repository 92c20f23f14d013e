import type { Actor } from "#lib/auth/actor.ts";
import { actorName } from "#lib/auth/actor.ts";
import { insertAuditEntry } from "#lib/db/audit/entries.ts";
import type { AuditDetail, NewAuditEntry } from "#lib/db/audit/entries.ts";
import type { Db } from "#lib/db/client.ts";

const SOURCES = { operator: "operator", api_key: "api", system: "system" } as const;

/** Writes who did what, in the transaction that does it. */
export async function audit(
  tx: Db,
  actor: Actor,
  entry: Omit<NewAuditEntry, "actor" | "source">,
): Promise<void> {
  await insertAuditEntry(tx, { ...entry, actor: actorName(actor), source: SOURCES[actor.kind] });
}

/** The fields that differ, each with its old and its new value. */
export function changesBetween(before: object, after: object): AuditDetail {
  const old = new Map<string, unknown>(Object.entries(before));
  const changed = Object.entries(after).filter(([field, to]) => {
    return JSON.stringify(old.get(field)) !== JSON.stringify(to);
  });
  const changes = changed.map(([field, to]) => [field, { from: old.get(field) ?? null, to }]);
  return JSON.parse(JSON.stringify(Object.fromEntries(changes))) as AuditDetail;
}
