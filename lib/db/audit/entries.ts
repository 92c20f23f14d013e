import type { Tx } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import type { AuditEntry } from "../generated/client.ts";
import { containsText, COUNT_LIMIT, countUpToMost, where } from "../paging.ts";

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
  query: AuditQuery,
): Promise<{ entries: AuditEntry[]; total: number }> {
  const { object, objectId, source, actor, beforeId, limit } = query;
  const named = actor ? await actorsNamed(tx, actor) : undefined;
  const conditions = [
    object !== undefined && Prisma.sql`entry.object = ${object}`,
    objectId !== undefined && Prisma.sql`entry.object_id = ${objectId}`,
    source !== undefined && Prisma.sql`entry.source = ${source}`,
    named && Prisma.sql`entry.actor = each.actor`,
  ];
  const isBefore = beforeId !== undefined && Prisma.sql`entry.id < ${beforeId}`;
  const page = Prisma.sql`
    SELECT entry.id FROM audit_entry entry ${where([...conditions, isBefore])}
     ORDER BY entry.id DESC LIMIT ${limit}`;
  const counted = Prisma.sql`
    SELECT 1 FROM audit_entry entry ${where(conditions)} LIMIT ${COUNT_LIMIT}`;
  const [ids, total] = await Promise.all([
    tx.$queryRaw<{ id: bigint }[]>`
      SELECT page.id ${ofEach(named, page)} ORDER BY page.id DESC LIMIT ${limit}`,
    countUpToMost(tx, ofEach(named, counted)),
  ]);
  const entries = await tx.auditEntry.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { id: "desc" },
  });
  return { entries, total };
}

/** The rows of each actor by that actor's index; they are few, and their entries many. */
function ofEach(actors: string[] | undefined, rows: Prisma.Sql): Prisma.Sql {
  return actors
    ? Prisma.sql`FROM unnest(${actors}::text[]) AS each (actor) CROSS JOIN LATERAL (${rows}) AS page`
    : Prisma.sql`FROM (${rows}) AS page`;
}

/** Actors whose name contains the text: from one name to the next along the index. */
async function actorsNamed(tx: Tx, text: string): Promise<string[]> {
  const found = await tx.$queryRaw<{ actor: string }[]>`
    WITH RECURSIVE known (actor) AS (
      SELECT min(actor) FROM audit_entry
      UNION ALL
      SELECT (SELECT min(actor) FROM audit_entry WHERE actor > known.actor)
        FROM known WHERE known.actor IS NOT NULL
    )
    SELECT actor FROM known WHERE actor IS NOT NULL AND ${containsText([Prisma.sql`actor`], text)}`;
  return found.map(({ actor }) => actor);
}
