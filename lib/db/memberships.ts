import type pg from "pg";
import type { Membership } from "#lib/lti/index.ts";

const CHUNK = 1_000;
// A role is a URI or a short word: it holds no line break, so one may separate them.
const ROLE_SEPARATOR = "\n";

/**
 * Inserts and updates the members of one page and counts what really changed. A member
 * who had been removed is back. Unchanged rows are not written.
 */
export async function upsertMemberships(
  queryable: Pick<pg.ClientBase, "query">,
  courseId: string,
  memberships: readonly Membership[],
): Promise<{ added: number; changed: number }> {
  const unique = [...new Map(memberships.map((member) => [member.userId, member])).values()];
  const counts = { added: 0, changed: 0 };
  for (let start = 0; start < unique.length; start += CHUNK) {
    const chunk = unique.slice(start, start + CHUNK);
    const { rows } = await queryable.query<{ added: number; changed: number }>(UPSERT, [
      courseId,
      chunk.map((member) => text(member.userId)),
      chunk.map((member) => text(member.roles.join(ROLE_SEPARATOR))),
      chunk.map((member) => member.status),
      chunk.map((member) => text(member.name)),
      chunk.map((member) => text(member.givenName)),
      chunk.map((member) => text(member.middleName)),
      chunk.map((member) => text(member.familyName)),
      chunk.map((member) => text(member.email)),
      chunk.map((member) => text(member.picture)),
      chunk.map((member) => text(member.lisPersonSourcedId)),
    ]);
    counts.added += rows[0]!.added;
    counts.changed += rows[0]!.changed;
  }
  return counts;
}

const UPSERT = `
  WITH upserted AS (
    INSERT INTO membership AS m (course_id, user_id, roles, status, name, given_name, middle_name,
                                 family_name, email, picture, lis_person_sourcedid)
    SELECT $1, i.user_id, string_to_array(i.roles, E'\\n'), i.status::membership_status, i.name,
           i.given_name, i.middle_name, i.family_name, i.email, i.picture, i.sourcedid
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                  $8::text[], $9::text[], $10::text[], $11::text[])
        AS i (user_id, roles, status, name, given_name, middle_name, family_name, email, picture,
              sourcedid)
    ON CONFLICT (course_id, user_id) DO UPDATE SET
      roles = excluded.roles, status = excluded.status, name = excluded.name,
      given_name = excluded.given_name, middle_name = excluded.middle_name,
      family_name = excluded.family_name, email = excluded.email, picture = excluded.picture,
      lis_person_sourcedid = excluded.lis_person_sourcedid, removed_at = NULL, changed_at = now()
    WHERE (m.roles, m.status, m.name, m.given_name, m.middle_name, m.family_name, m.email,
           m.picture, m.lis_person_sourcedid)
          IS DISTINCT FROM
          (excluded.roles, excluded.status, excluded.name, excluded.given_name,
           excluded.middle_name, excluded.family_name, excluded.email, excluded.picture,
           excluded.lis_person_sourcedid)
       OR m.removed_at IS NOT NULL
    RETURNING (xmax = 0) AS is_new
  )
  SELECT count(*) FILTER (WHERE is_new)::int AS added,
         count(*) FILTER (WHERE NOT is_new)::int AS changed
    FROM upserted`;

/** PostgreSQL text holds no NUL, which a platform may well send. */
function text(value: string | undefined): string | null {
  if (value === undefined) return null;
  return value.includes("\u0000") ? value.replaceAll("\u0000", "") : value;
}

/** Members present before the walk began whom it did not list. */
export async function countAbsent(
  queryable: Pick<pg.ClientBase, "query">,
  walk: { courseId: string; startedAt: Date; seen: ReadonlySet<string> },
): Promise<number> {
  const { rows } = await queryable.query<{ absent: number }>(
    `SELECT count(*)::int AS absent FROM membership
      WHERE course_id = $1 AND removed_at IS NULL AND changed_at < $2 AND user_id <> ALL ($3)`,
    [walk.courseId, walk.startedAt, [...walk.seen]],
  );
  return rows[0]!.absent;
}

/** Marks those members as removed; their rows are kept. */
export async function removeAbsent(
  queryable: Pick<pg.ClientBase, "query">,
  walk: { courseId: string; startedAt: Date; seen: ReadonlySet<string> },
): Promise<number> {
  const { rowCount } = await queryable.query(
    `UPDATE membership SET removed_at = now(), changed_at = now()
      WHERE course_id = $1 AND removed_at IS NULL AND changed_at < $2 AND user_id <> ALL ($3)`,
    [walk.courseId, walk.startedAt, [...walk.seen]],
  );
  return rowCount ?? 0;
}

/** Records that a walk reached the end of the roster. */
export async function recordCompleteRoster(
  queryable: Pick<pg.ClientBase, "query">,
  courseId: string,
  differencesUrl: string | undefined,
): Promise<void> {
  await queryable.query(
    `UPDATE course SET roster_synced_at = now(), differences_url = $2,
            roster_member_count = (
              SELECT count(*) FROM membership WHERE course_id = $1 AND removed_at IS NULL)
      WHERE id = $1`,
    [courseId, differencesUrl ?? null],
  );
}
