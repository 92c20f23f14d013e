import { ANY_SERVICE, SERVICE_NAMES } from "#lib/lti/index.ts";
import type { Db } from "../client.ts";
import { NEEDED_SCOPES } from "../courses/addresses.ts";
import { Prisma } from "../generated/client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, text, uuid } from "../rows/types.ts";

const usedScopeRow = row({ registrationId: uuid, scope: text, courses: int4 });

/** A service scope, and how many courses of the registration may need it. */
export type UsedScope = RowOf<typeof usedScopeRow>;

const KNOWN = SERVICE_NAMES.flatMap((name) => [...ANY_SERVICE[name].knownScopes].sort());

/** Every scope of a service we speak that some course of these registrations may need. */
export async function usedScopes(db: Db, registrationIds: readonly string[]): Promise<UsedScope[]> {
  return db.rows(
    usedScopeRow,
    Prisma.sql`
    SELECT c.registration_id AS "registrationId", used.scope, count(*)::int AS courses
      FROM course c
      CROSS JOIN LATERAL (SELECT DISTINCT scope FROM unnest(${NEEDED_SCOPES}) AS scope) used
     WHERE c.registration_id = ANY (${[...registrationIds]}::uuid[]) AND c.archived_at IS NULL
       AND used.scope = ANY (${KNOWN}::text[])
     GROUP BY c.registration_id, used.scope
     ORDER BY array_position(${KNOWN}::text[], used.scope)`,
  );
}

/** That a `course c` is one of those. */
export function courseUses(scope: string): Prisma.Sql {
  return Prisma.sql`${scope}::text = ANY ${NEEDED_SCOPES}`;
}
