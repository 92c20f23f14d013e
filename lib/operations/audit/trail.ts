import type { Actor } from "#lib/auth/actor.ts";
import { actorName } from "#lib/auth/actor.ts";
import { insertAuditEntry } from "#lib/db/audit/entries.ts";
import type { AuditDetail, NewAuditEntry } from "#lib/db/audit/entries.ts";
import type { Db } from "#lib/db/client.ts";
import type { Caller } from "../caller.ts";

const SOURCES = { operator: "operator", api_key: "api", system: "system" } as const;

export type { AuditDetail };

/** What was done to which object. */
export type Deed = Pick<NewAuditEntry, "action" | "object" | "objectId" | "detail">;

/** Who did it, by which request; an actor alone where no request stands behind it. */
export type DoneBy = Actor | Pick<Caller, "actor" | "request">;

/** Writes who did what, in the transaction that does it. */
export async function audit(tx: Db, by: DoneBy, deed: Deed): Promise<void> {
  const { actor, request } = "actor" in by ? by : { actor: by, request: undefined };
  await insertAuditEntry(tx, {
    ...deed,
    actorKind: actor.kind,
    actorId: actor.kind === "system" ? null : actor.id,
    actor: actorName(actor),
    source: SOURCES[actor.kind],
    address: request?.address ?? null,
    requestId: request?.id ?? null,
  });
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
