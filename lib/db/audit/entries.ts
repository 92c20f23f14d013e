import { afterCommit, type Db } from "../client.ts";
import { Prisma, type AuditEntry } from "../generated/client.ts";
import { containsText, COUNT_LIMIT, countUpToMost, where } from "../lists/paging.ts";
import { row } from "../rows/shape.ts";
import { int8, text } from "../rows/types.ts";
import { tellListener } from "./listener.ts";

export type AuditDetail = Prisma.InputJsonObject;

export type NewAuditEntry = {
  /** Default: system. */
  actorKind?: "operator" | "api_key" | "system" | "anonymous";
  /** Of an operator or a key. */
  actorId?: string | null;
  /** The actor's name. */
  actor: string;
  source: "operator" | "api" | "schedule" | "system" | "anonymous";
  action: string;
  object: string;
  objectId: string | null;
  detail?: AuditDetail;
  /** Where the request came from, and its ID; null where there was none. */
  address?: string | null;
  requestId?: string | null;
  /** How often within a minute; default 1. */
  times?: number;
};

/** A trigger chains it at the commit, and refuses to have it changed. */
export async function insertAuditEntry(db: Db, entry: NewAuditEntry): Promise<void> {
  const stored = await db.prisma.auditEntry.create({ data: entry });
  await afterCommit(db, async () => tellListener(stored));
}

export type AuditQuery = {
  object?: string;
  objectId?: string;
  source?: NewAuditEntry["source"];
  /** Part of the actor's name, in any case. */
  actor?: string;
  actorId?: string;
  /** Part of the actor's name, the act, the object's ID, the address or the detail. */
  q?: string;
  action?: string;
  since?: Date;
  until?: Date;
  newestFirst: boolean;
  /** Only entries behind this one, in the order asked for. */
  afterId?: bigint;
  limit: number;
};

const entryRow = row({ id: int8 });

export async function listAuditEntries(
  db: Db,
  query: AuditQuery,
): Promise<{ entries: AuditEntry[]; total: number }> {
  const { actor, afterId, newestFirst, limit } = query;
  const named = actor ? await actorsNamed(db, actor) : undefined;
  const conditions = [...conditionsOf(query), named && Prisma.sql`entry.actor = each.actor`];
  const isBehind =
    afterId !== undefined &&
    (newestFirst ? Prisma.sql`entry.id < ${afterId}` : Prisma.sql`entry.id > ${afterId}`);
  const direction = newestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`;
  const page = Prisma.sql`
    SELECT entry.id FROM audit_entry entry ${where([...conditions, isBehind])}
     ORDER BY entry.id ${direction} LIMIT ${limit}`;
  const counted = Prisma.sql`
    SELECT 1 FROM audit_entry entry ${where(conditions)} LIMIT ${COUNT_LIMIT}`;
  const [ids, total] = await Promise.all([
    db.rows(
      entryRow,
      Prisma.sql`
      SELECT page.id ${ofEach(named, page)} ORDER BY page.id ${direction} LIMIT ${limit}`,
    ),
    countUpToMost(db, ofEach(named, counted)),
  ]);
  const entries = await db.prisma.auditEntry.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { id: newestFirst ? "desc" : "asc" },
  });
  return { entries, total };
}

function conditionsOf(query: AuditQuery) {
  const { object, objectId, source, action, actorId, q, since, until } = query;
  return [
    actorId !== undefined && Prisma.sql`entry.actor_id = ${actorId}`,
    q !== undefined && containsText(SEARCHED, q),
    object !== undefined && Prisma.sql`entry.object = ${object}`,
    objectId !== undefined && Prisma.sql`entry.object_id = ${objectId}`,
    source !== undefined && Prisma.sql`entry.source = ${source}`,
    action !== undefined && Prisma.sql`entry.action = ${action}`,
    since !== undefined && Prisma.sql`entry.at >= ${since}`,
    until !== undefined && Prisma.sql`entry.at < ${until}`,
  ];
}

const SEARCHED = [
  Prisma.sql`entry.actor`,
  Prisma.sql`entry.action`,
  Prisma.sql`entry.object_id`,
  Prisma.sql`entry.address`,
  Prisma.sql`entry.request_id`,
  Prisma.sql`entry.detail::text`,
];

/** The rows of each actor by that actor's index; they are few, and their entries many. */
function ofEach(actors: string[] | undefined, rows: Prisma.Sql): Prisma.Sql {
  return actors
    ? Prisma.sql`FROM unnest(${actors}::text[]) AS each (actor) CROSS JOIN LATERAL (${rows}) AS page`
    : Prisma.sql`FROM (${rows}) AS page`;
}

const actorRow = row({ actor: text });

/** Actors whose name contains the text: from one name to the next along the index. */
async function actorsNamed(db: Db, text: string): Promise<string[]> {
  const found = await db.rows(
    actorRow,
    Prisma.sql`
    WITH RECURSIVE known (actor) AS (
      SELECT min(actor) FROM audit_entry
      UNION ALL
      SELECT (SELECT min(actor) FROM audit_entry WHERE actor > known.actor)
        FROM known WHERE known.actor IS NOT NULL
    )
    SELECT actor FROM known WHERE actor IS NOT NULL AND ${containsText([Prisma.sql`actor`], text)}`,
  );
  return found.map(({ actor }) => actor);
}
