import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { countUpToMost, where } from "../lists/paging.ts";
import { type After, inOrderOf, type Order, orderedPage, type SortKey } from "../lists/sorting.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, oneOf, text, timestamptz, uuid } from "../rows/types.ts";
import { tokenRequestReason } from "./requests.ts";

const lifeRow = row({
  id: uuid,
  fingerprint: text,
  /** Why it was asked for; null where that request is no longer on record. */
  reason: tokenRequestReason.nullable,
  obtainedAt: timestamptz,
  expiresAt: timestamptz,
  /** When it was of no more use: at its expiry unless something came before that. */
  endedAt: timestamptz,
  end: oneOf(["alive", "expired", "replaced", "evicted"]),
  evictedReason: text.nullable,
  requestedScopes: array(text),
  grantedScopes: array(text),
  reuses: int4,
});

export type TokenLifeRow = RowOf<typeof lifeRow>;

/** What the lives of a registration's tokens can be ordered by. */
export const LIFE_ORDERS = {
  obtainedAt: { value: Prisma.sql`t.obtained_at`, is: "time" },
} satisfies Record<string, SortKey>;

export type LifeQuery = {
  registrationId: string;
  /** Alive at some moment of this stretch. */
  since?: Date;
  until?: Date;
  order: Order;
  after?: After;
  limit: number;
};

/** Every token that a registration was granted, with how it ended. */
export async function listTokenLives(
  db: Db,
  { registrationId, since, until, order, after, limit }: LifeQuery,
): Promise<{ rows: TokenLifeRow[]; keys: After[]; total: number }> {
  const conditions = [
    Prisma.sql`t.registration_id = ${registrationId}::uuid`,
    since !== undefined && Prisma.sql`coalesce(t.evicted_at, t.expires_at) >= ${since}`,
    until !== undefined && Prisma.sql`t.obtained_at < ${until}`,
  ];
  const from = Prisma.sql`access_token t`;
  const page = {
    from,
    conditions,
    order,
    id: Prisma.sql`t.id`,
    idIs: "uuid",
    after,
    limit,
  } as const;
  const [keys, total] = await Promise.all([
    orderedPage(db, page),
    countUpToMost(db, Prisma.sql`FROM ${from} ${where(conditions)}`),
  ]);
  const rows = await lifeRows(
    db,
    keys.map(({ id }) => id),
  );
  return { rows: inOrderOf(keys, rows, ({ id }) => id), keys, total };
}

function lifeRows(db: Db, ids: readonly string[]): Promise<TokenLifeRow[]> {
  return db.rows(
    lifeRow,
    Prisma.sql`
    SELECT t.id, t.fingerprint, request.reason, t.obtained_at AS "obtainedAt",
           t.expires_at AS "expiresAt", ended.at AS "endedAt",
           CASE WHEN ended.at > now() THEN 'alive'
                WHEN ended.at = t.evicted_at THEN 'evicted'
                WHEN ended.at < t.expires_at THEN 'replaced'
                ELSE 'expired' END AS end,
           t.evicted_reason AS "evictedReason", t.requested_scopes AS "requestedScopes",
           t.granted_scopes AS "grantedScopes", t.reuses
      FROM access_token t
      LEFT JOIN LATERAL (
        SELECT obtained_at FROM access_token
         WHERE registration_id = t.registration_id AND obtained_at > t.obtained_at
         ORDER BY obtained_at LIMIT 1) next ON true
      CROSS JOIN LATERAL (
        SELECT least(t.expires_at, t.evicted_at, next.obtained_at) AS at) ended
      LEFT JOIN LATERAL (
        -- The note is written right after the answer.
        SELECT reason FROM token_request
         WHERE registration_id = t.registration_id AND expires_at = t.expires_at
           AND error_code IS NULL
           AND at BETWEEN t.obtained_at - interval '5 minutes' AND t.obtained_at + interval '5 minutes'
         ORDER BY id LIMIT 1) request ON true
     WHERE t.id = ANY (${[...ids]}::uuid[])`,
  );
}
