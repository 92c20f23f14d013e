import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { containsText, idIsOneOf, isWithin, type Within } from "../lists/paging.ts";
import {
  type After,
  inOrderOf,
  type Order,
  scannedPage,
  type SortKey,
  timeOrFirst,
} from "../lists/sorting.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, text, timestamptz, uuid } from "../rows/types.ts";
import { LATEST_TOKEN, TOKEN_STATE, TOKEN_STATE_RANK, tokenStateColumn } from "./state.ts";

const tokenRow = row({
  registrationId: uuid,
  registrationName: text,
  profile: text,
  state: tokenStateColumn,
  /** Of the latest token; null where there was none. */
  tokenId: uuid.nullable,
  fingerprint: text.nullable,
  obtainedAt: timestamptz.nullable,
  expiresAt: timestamptz.nullable,
  refreshFrom: timestamptz.nullable,
  evictedAt: timestamptz.nullable,
  evictedReason: text.nullable,
  reuses: int4,
  requestedScopes: array(text),
  grantedScopes: array(text),
  refusedScopes: array(text),
  /** Runs that took the latest token, of them those under way, and the processes they ran in. */
  runCount: int4,
  activeRuns: int4,
  processCount: int4,
  /** In the last 24 hours. */
  requestsMade: int4,
  requestsSaved: int4,
  /** Of the latest request that was turned down, however long ago. */
  errorCode: text.nullable,
  errorMessage: text.nullable,
  errorAt: timestamptz.nullable,
});

/** What is known of a registration's latest token; the token itself stays sealed. */
export type TokenRow = RowOf<typeof tokenRow>;

const LATEST_REFUSAL = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT error_code, error_message, at FROM token_request
     WHERE registration_id = r.id AND error_code IS NOT NULL
     ORDER BY id DESC LIMIT 1) refusal ON true`;

/** Requests that sharing a token and swapping endpoints made unnecessary. */
const REQUESTS_SAVED = Prisma.sql`
  (SELECT coalesce(sum(run.tokens_reused + greatest(run.endpoint_swaps - 1, 0)), 0)::int
     FROM run
    WHERE run.registration_id = r.id AND run.created_at > now() - interval '24 hours')`;

/** What tokens can be ordered by. */
export const TOKEN_ORDERS = {
  name: { value: Prisma.sql`r.name`, is: "text" },
  state: { value: TOKEN_STATE_RANK, is: "number" },
  expiresAt: { value: timeOrFirst(Prisma.sql`token.expires_at`), is: "time" },
  requestsSaved: { value: REQUESTS_SAVED, is: "number" },
  errorAt: { value: timeOrFirst(Prisma.sql`refusal.at`), is: "time" },
} satisfies Record<string, SortKey>;

export type TokenQuery = {
  within: Within;
  ids?: string[];
  q?: string;
  registrationId?: string;
  state?: TokenRow["state"];
  errorCode?: string;
  order: Order;
  after?: After;
  limit: number;
};

/** One for each registration that is not archived; `keys` are the sort keys of the rows. */
export async function listTokens(
  db: Db,
  query: TokenQuery,
): Promise<{ rows: TokenRow[]; keys: After[]; total: number }> {
  const { within, ids, q, registrationId, state, errorCode, order, after, limit } = query;
  const { keys, total } = await scannedPage(db, {
    from: Prisma.sql`registration r ${LATEST_TOKEN} ${LATEST_REFUSAL}`,
    conditions: [
      Prisma.sql`r.archived_at IS NULL`,
      isWithin(Prisma.sql`r.id`, within),
      idIsOneOf(Prisma.sql`r.id`, ids),
      registrationId !== undefined && Prisma.sql`r.id = ${registrationId}::uuid`,
      q !== undefined && containsText([Prisma.sql`r.name`, Prisma.sql`r.issuer`], q),
      state !== undefined && Prisma.sql`${TOKEN_STATE} = ${state}`,
      errorCode !== undefined && Prisma.sql`refusal.error_code = ${errorCode}`,
    ],
    order,
    id: Prisma.sql`r.id`,
    idIs: "uuid",
    after,
    limit,
  });
  const rows = await tokenRows(
    db,
    keys.map(({ id }) => id),
  );
  return { rows: inOrderOf(keys, rows, ({ registrationId: id }) => id), keys, total };
}

/** Of these registrations, archived ones too. */
export async function tokenRows(db: Db, registrationIds: readonly string[]): Promise<TokenRow[]> {
  if (registrationIds.length === 0) return [];
  return db.rows(
    tokenRow,
    Prisma.sql`
    SELECT r.id AS "registrationId", r.name AS "registrationName", r.profile,
           ${TOKEN_STATE} AS state, token.id AS "tokenId", token.fingerprint,
           token.obtained_at AS "obtainedAt", token.expires_at AS "expiresAt",
           token.refresh_from AS "refreshFrom", token.evicted_at AS "evictedAt",
           token.evicted_reason AS "evictedReason", coalesce(token.reuses, 0) AS reuses,
           coalesce(token.requested_scopes, '{}') AS "requestedScopes",
           coalesce(token.granted_scopes, '{}') AS "grantedScopes",
           coalesce(token.refused_scopes, '{}') AS "refusedScopes",
           shared.runs AS "runCount", shared.active AS "activeRuns",
           shared.processes AS "processCount", made.count AS "requestsMade",
           ${REQUESTS_SAVED} AS "requestsSaved", refusal.error_code AS "errorCode",
           refusal.error_message AS "errorMessage", refusal.at AS "errorAt"
      FROM registration r ${LATEST_TOKEN} ${LATEST_REFUSAL}
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS runs, count(DISTINCT u.process)::int AS processes,
               count(*) FILTER (WHERE run.state = 'running')::int AS active
          FROM token_use u JOIN run ON run.id = u.run_id
         WHERE u.access_token_id = token.id) shared
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS count FROM token_request
         WHERE registration_id = r.id AND at > now() - interval '24 hours') made
     WHERE r.id = ANY (${[...registrationIds]}::uuid[])`,
  );
}
