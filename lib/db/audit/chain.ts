import { createHash } from "node:crypto";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { bytea, int4, int8, text, timestamptz } from "../rows/types.ts";

const linkRow = row({
  position: int8,
  entryId: int8,
  digest: bytea,
  hash: bytea,
  id: int8.nullable,
  at: timestamptz.nullable,
  actorKind: text.nullable,
  actorId: text.nullable,
  actor: text.nullable,
  source: text.nullable,
  action: text.nullable,
  object: text.nullable,
  objectId: text.nullable,
  detail: text.nullable,
  address: text.nullable,
  requestId: text.nullable,
  times: int4.nullable,
});
export type ChainLink = Awaited<ReturnType<typeof nextLinks>>[number];

/** The links after a position with the entries they are over; an entry that is gone is null. */
export async function nextLinks(db: Db, after: bigint, limit: number) {
  return db.rows(
    linkRow,
    Prisma.sql`
    SELECT link.position, link.entry_id AS "entryId", link.digest, link.hash, entry.id, entry.at,
           entry.actor_kind AS "actorKind", entry.actor_id AS "actorId", entry.actor, entry.source,
           entry.action, entry.object, entry.object_id AS "objectId", entry.detail::text AS detail,
           entry.address, entry.request_id AS "requestId", entry.times
      FROM audit_link link LEFT JOIN audit_entry entry ON entry.id = link.entry_id
     WHERE link.position > ${after} ORDER BY link.position LIMIT ${limit}`,
  );
}

const anchorRow = row({ position: int8, hash: bytea });

/** The last link that was removed at the end of its time; undefined while none was. */
export async function lastAnchor(db: Db): Promise<{ position: bigint; hash: Buffer } | undefined> {
  const [anchor] = await db.rows(
    anchorRow,
    Prisma.sql`SELECT position, hash FROM audit_anchor ORDER BY id DESC LIMIT 1`,
  );
  return anchor;
}

const idRow = row({ id: int8 });

/** The first entries that no link is over: put there while the triggers were off. */
export async function unchainedEntries(db: Db, limit: number): Promise<bigint[]> {
  const found = await db.rows(
    idRow,
    Prisma.sql`
    SELECT entry.id FROM audit_entry entry
     WHERE NOT EXISTS (SELECT FROM audit_link link WHERE link.entry_id = entry.id)
     ORDER BY entry.id LIMIT ${limit}`,
  );
  return found.map(({ id }) => id);
}

const erasedRow = row({ entryId: text, digest: text });

/** What entries read as since people were erased from them: digests in hex, by entry. */
export async function digestsSinceErasure(db: Db): Promise<Map<string, string>> {
  const found = await db.rows(
    erasedRow,
    Prisma.sql`
    SELECT each.key AS "entryId", each.value AS digest
      FROM audit_entry entry, jsonb_each_text(coalesce(entry.detail -> 'auditEntries', '{}')) each
     WHERE entry.action = 'person.erase' ORDER BY entry.id`,
  );
  return new Map(found.map(({ entryId, digest }) => [entryId, digest]));
}

/** What `audit_digest` computes in the database, over an entry that is there. */
export function digestOf(link: ChainLink): Buffer {
  const parts = [
    link.id,
    link.at?.getTime(),
    link.actorKind,
    link.actorId,
    link.actor,
    link.source,
    link.action,
    link.object,
    link.objectId,
    link.detail,
    link.address,
    link.requestId,
    link.times,
  ];
  return sha256(Buffer.from(parts.map(withLength).join(""), "utf8"));
}

export function hashAfter(previous: Buffer, digest: Buffer): Buffer {
  return sha256(Buffer.concat([previous, digest]));
}

function withLength(part: unknown): string {
  if (part === null || part === undefined) return "-,";
  const text = String(part as bigint);
  return `${Buffer.byteLength(text)}:${text},`;
}

function sha256(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest();
}
