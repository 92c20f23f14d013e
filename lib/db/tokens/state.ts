import { SAFETY } from "#lib/lti/oauth/access-token.ts";
import { Prisma } from "../generated/client.ts";
import { oneOf } from "../rows/types.ts";

/** Worst first: the order of a list by state. */
const TOKEN_STATES = ["refused", "evicted", "expired", "expiring", "valid", "none"] as const;

export const tokenStateColumn = oneOf(TOKEN_STATES);

/**
 * What to join to a `registration r`: `token`, its latest, and `request`, the latest time that one
 * was asked for. Both are null where there was none.
 */
export const LATEST_TOKEN = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT access_token.*, ${refreshFrom(Prisma.sql`access_token`)} AS refresh_from
      FROM access_token WHERE registration_id = r.id
     ORDER BY obtained_at DESC LIMIT 1) token ON true
  LEFT JOIN LATERAL (
    SELECT error_code, error_message FROM token_request WHERE registration_id = r.id
     ORDER BY id DESC LIMIT 1) request ON true`;

/** When a token is too close to its end to be used for another call: `safetyMs` before it. */
function refreshFrom(token: Prisma.Sql): Prisma.Sql {
  const seconds = (ms: number) => Prisma.raw(`interval '${ms / 1_000} seconds'`);
  const lifetime = Prisma.sql`(${token}.expires_at - ${token}.obtained_at)`;
  return Prisma.sql`
    (${token}.expires_at - CASE WHEN ${lifetime} < ${seconds(SAFETY.shortMs)}
       THEN greatest(${lifetime}, interval '0') / ${Prisma.raw(String(SAFETY.shortShare))}
       ELSE ${seconds(SAFETY.ms)} END)`;
}

/**
 * What the registration's latest token, or the lack of one, means now, over `LATEST_TOKEN`:
 * `refused` where the latest request was turned down, whatever token there still is.
 */
export const TOKEN_STATE = Prisma.sql`
  (CASE WHEN request.error_code IS NOT NULL THEN 'refused'
        WHEN token.id IS NULL THEN 'none'
        WHEN token.evicted_at IS NOT NULL THEN 'evicted'
        WHEN now() >= token.expires_at THEN 'expired'
        WHEN now() >= token.refresh_from THEN 'expiring'
        ELSE 'valid' END)`;

/** The place of the state among all of them, to sort by. */
export const TOKEN_STATE_RANK = Prisma.sql`
  array_position(ARRAY[${Prisma.join([...TOKEN_STATES])}]::text[], ${TOKEN_STATE})`;
