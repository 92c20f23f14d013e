import type { Actor } from "#lib/auth/actor.ts";
import { actorName } from "#lib/auth/actor.ts";
import { insertAuditEntry } from "#lib/db/audit.ts";
import type { NewAuditEntry } from "#lib/db/audit.ts";
import type { Tx } from "#lib/db/client.ts";

const SOURCES = { operator: "operator", api_key: "api", system: "system" } as const;

/** Writes who did what, in the transaction that does it. */
export async function audit(
  tx: Tx,
  actor: Actor,
  entry: Omit<NewAuditEntry, "actor" | "source">,
): Promise<void> {
  await insertAuditEntry(tx, { ...entry, actor: actorName(actor), source: SOURCES[actor.kind] });
}

/** The fields that differ, each with its old and its new value. */
export function changesBetween<Value extends object>(
  before: Value,
  after: Partial<Value>,
): Record<string, { from: unknown; to: unknown }> {
  const changes: Record<string, { from: unknown; to: unknown }> = {};
  for (const [field, to] of Object.entries(after)) {
    const from = before[field as keyof Value];
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[field] = { from, to };
  }
  return changes;
}
