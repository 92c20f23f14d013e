import type { Tx } from "./client.ts";
import { Prisma } from "./generated/client.ts";
import type { AuditEntry } from "./generated/client.ts";

export type AuditDetail = Prisma.InputJsonObject;

export type NewAuditEntry = {
  actor: string;
  source: "operator" | "api" | "schedule" | "system";
  action: string;
  object: string;
  objectId: string | null;
  detail?: AuditDetail;
};

export async function insertAuditEntry(tx: Tx, entry: NewAuditEntry): Promise<void> {
  await tx.auditEntry.create({ data: entry });
}

export type AuditQuery = {
  object?: string;
  objectId?: string;
  source?: NewAuditEntry["source"];
  /** Part of the actor's name, in any case. */
  actor?: string;
  /** Only entries before this one. */
  beforeId?: bigint;
  limit: number;
};

/** Newest first. */
export async function listAuditEntries(
  tx: Tx,
  { object, objectId, source, actor, beforeId, limit }: AuditQuery,
): Promise<{ entries: AuditEntry[]; total: number }> {
  const where: Prisma.AuditEntryWhereInput = {
    object,
    objectId,
    source,
    ...(actor && { actor: { contains: actor, mode: "insensitive" } }),
  };
  const [entries, total] = await Promise.all([
    tx.auditEntry.findMany({
      where: { ...where, ...(beforeId !== undefined && { id: { lt: beforeId } }) },
      orderBy: { id: "desc" },
      take: limit,
    }),
    tx.auditEntry.count({ where }),
  ]);
  return { entries, total };
}
