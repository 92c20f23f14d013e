import type pg from "pg";
import type { Membership } from "#lib/lti/index.ts";
import { COMPARED, FIELDS, PAGE } from "./roster-sql.ts";

const CHUNK = 1_000;
// A role is a URI or a short word: it holds no line break, so one may separate them.
const ROLE_SEPARATOR = "\n";

type Queryable = Pick<pg.ClientBase, "query">;

/** Whose roster a page belongs to, and what is written for it. */
export type PageTarget = {
  runId: string;
  courseId: string;
  /**
   * `first` expects nobody to be there yet and compares nothing, the fastest way in; `count` writes the members and says of new ones only how many they are, `list` also lists
   * each, `preview` lists everything and writes no member.
   */
  mode: "first" | "count" | "list" | "preview";
};

/** `added` counts who is new and who had been removed and is back. */
export type PageChanges = { added: number; changed: number; marks: Buffer };

/**
 * Compares one page of a roster with what is stored, and writes what differs: the members
 * themselves, and each change field by field. Unchanged rows are only read.
 *
 * `marks` are short stand-ins for the page's user IDs, for `listAbsent`: eight bytes each, so
 * that a walk over a large roster need not hold the user IDs.
 */
export async function applyMemberships(
  queryable: Queryable,
  { runId, courseId, mode }: PageTarget,
  memberships: readonly Membership[],
): Promise<PageChanges> {
  const unique = [...new Map(memberships.map((member) => [member.userId, member])).values()];
  const changes = { added: 0, changed: 0 };
  const marks: Buffer[] = [];
  for (let start = 0; start < unique.length; start += CHUNK) {
    const values = columnsOf(unique.slice(start, start + CHUNK));
    const parameters = [courseId, runId, ...values];
    const { rows } =
      mode === "preview"
        ? await queryable.query<PageChanges>(PREVIEW_PAGE, parameters)
        : mode === "first"
          ? await queryable.query<PageChanges>(FIRST_PAGE, parameters)
          : await queryable.query<PageChanges>(APPLY_PAGE, [...parameters, mode]);
    changes.added += rows[0]!.added;
    changes.changed += rows[0]!.changed;
    marks.push(rows[0]!.marks);
  }
  return { ...changes, marks: Buffer.concat(marks) };
}

function columnsOf(members: readonly Membership[]): (string | null)[][] {
  return [
    members.map((member) => text(member.userId)),
    members.map((member) => text(member.roles.join(ROLE_SEPARATOR))),
    members.map((member) => member.status),
    members.map((member) => text(member.name)),
    members.map((member) => text(member.givenName)),
    members.map((member) => text(member.middleName)),
    members.map((member) => text(member.familyName)),
    members.map((member) => text(member.email)),
    members.map((member) => text(member.picture)),
    members.map((member) => text(member.lisPersonSourcedId)),
  ];
}

/** PostgreSQL text holds no NUL, which a platform may well send. */
function text(value: string | undefined): string | null {
  if (value === undefined) return null;
  return value.includes("\u0000") ? value.replaceAll("\u0000", "") : value;
}

const MARK = "int8send(hashtextextended(user_id, 0))";

const COUNTS = `
  SELECT count(*) FILTER (WHERE is_new OR was_removed)::int AS added,
         count(*) FILTER (WHERE NOT (is_new OR was_removed))::int AS changed,
         (SELECT coalesce(string_agg(${MARK}, ''::bytea), ''::bytea) FROM page) AS marks
    FROM compared`;

const KIND = `
  (CASE WHEN is_new THEN 'added' WHEN was_removed THEN 'restored' ELSE 'changed' END)
  ::roster_change_kind`;

function upsertFrom(source: "page" | "compared"): string {
  return `
    INSERT INTO membership AS m (course_id, user_id, roles, status, name, given_name, middle_name,
                                 family_name, email, picture, lis_person_sourcedid)
    SELECT $1, user_id, roles, status, name, given_name, middle_name, family_name, email, picture,
           lis_person_sourcedid
      FROM ${source}
    ON CONFLICT (course_id, user_id) DO UPDATE SET
      roles = excluded.roles, status = excluded.status, name = excluded.name,
      given_name = excluded.given_name, middle_name = excluded.middle_name,
      family_name = excluded.family_name, email = excluded.email, picture = excluded.picture,
      lis_person_sourcedid = excluded.lis_person_sourcedid, removed_at = NULL,
      last_seen_at = NULL, changed_at = now()`;
}

// Somebody whom two pages list is there already: that row counts as changed.
const FIRST_PAGE = `
  WITH page AS (${PAGE}), written AS (${upsertFrom("page")} RETURNING (xmax = 0) AS is_new)
  SELECT count(*) FILTER (WHERE is_new)::int AS added,
         count(*) FILTER (WHERE NOT is_new)::int AS changed, ''::bytea AS marks
    FROM written WHERE $2::uuid IS NOT NULL`;

const APPLY_PAGE = `
  WITH page AS (${PAGE}), compared AS MATERIALIZED (${COMPARED}), written AS (
    ${upsertFrom("compared")}
  ), listed AS (
    INSERT INTO roster_change (run_id, course_id, user_id, kind, fields)
    SELECT $2, $1, user_id, ${KIND}, ${FIELDS} FROM compared WHERE NOT is_new OR $13 = 'list'
  )${COUNTS}`;

const PREVIEW_PAGE = `
  WITH page AS (${PAGE}), compared AS MATERIALIZED (${COMPARED}), listed AS (
    INSERT INTO roster_change (run_id, course_id, user_id, kind, state, fields)
    SELECT $2, $1, user_id, ${KIND}, 'previewed', ${FIELDS} FROM compared
  )${COUNTS}`;

/** The marks of user IDs that no page wrote, such as those of members that could not be read. */
export async function marksOf(queryable: Queryable, userIds: readonly string[]): Promise<Buffer> {
  const { rows } = await queryable.query<{ marks: Buffer }>(
    `SELECT coalesce(string_agg(${MARK}, ''::bytea), ''::bytea) AS marks
       FROM unnest($1::text[]) AS listed (user_id)`,
    [userIds.map((userId) => text(userId))],
  );
  return rows[0]!.marks;
}

/**
 * Members present before the walk began whom it did not list. Two user IDs with one mark would
 * keep somebody who is gone; nobody who is there can be missed.
 */
export async function listAbsent(
  queryable: Queryable,
  walk: { courseId: string; startedAt: Date; marks: Buffer },
): Promise<string[]> {
  const { rows } = await queryable.query<{ userId: string }>(
    `SELECT m.user_id AS "userId" FROM membership m
      WHERE m.course_id = $1 AND m.removed_at IS NULL AND m.changed_at < $2
        AND NOT EXISTS (
              SELECT FROM (SELECT substring($3::bytea FROM (n * 8 + 1)::int FOR 8) AS mark
                             FROM generate_series(0, length($3::bytea) / 8 - 1) AS n) AS seen
               WHERE seen.mark = int8send(hashtextextended(m.user_id, 0)))`,
    [walk.courseId, walk.startedAt, walk.marks],
  );
  return rows.map(({ userId }) => userId);
}

/** Of these user IDs those that are members now. */
export async function presentAmong(
  queryable: Queryable,
  courseId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const { rows } = await queryable.query<{ userId: string }>(
    `SELECT user_id AS "userId" FROM membership
      WHERE course_id = $1 AND removed_at IS NULL AND user_id = ANY ($2::text[])`,
    [courseId, userIds],
  );
  return rows.map(({ userId }) => userId);
}

/** A reading of the roster to its end: by walking it, or by the differences since. */
export type CompleteRoster = {
  isWalk: boolean;
  differencesUrl?: string;
  /** When it was read, where that was not now. */
  at?: Date;
};

export async function recordCompleteRoster(
  queryable: Queryable,
  courseId: string,
  { isWalk, differencesUrl, at }: CompleteRoster,
): Promise<void> {
  await queryable.query(
    `UPDATE course SET roster_synced_at = greatest(roster_synced_at, read.at),
            differences_url = $2,
            roster_walked_at = CASE WHEN $3 THEN greatest(roster_walked_at, read.at)
                                    ELSE roster_walked_at END,
            differences_read = CASE WHEN $3 THEN 0 ELSE differences_read + 1 END,
            roster_member_count = (
              SELECT count(*) FROM membership WHERE course_id = $1 AND removed_at IS NULL)
       FROM (SELECT coalesce($4, now()) AS at) AS read
      WHERE id = $1`,
    [courseId, differencesUrl ?? null, isWalk, at ?? null],
  );
}

/** Counts a course's members again after some were removed or restored. */
export async function recountMembers(queryable: Queryable, courseId: string): Promise<void> {
  await queryable.query(
    `UPDATE course SET roster_member_count = (
              SELECT count(*) FROM membership WHERE course_id = $1::uuid AND removed_at IS NULL)
      WHERE id = $1::uuid AND roster_member_count IS NOT NULL`,
    [courseId],
  );
}
