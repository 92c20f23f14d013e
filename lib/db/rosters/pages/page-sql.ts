import { eachColumn, MEMBER_COLUMNS } from "../columns.ts";

/** A short stand-in for a user ID. */
export function markOf(userId: string): string {
  return `int8send(hashtextextended(${userId}, 0))`;
}

/** What is kept of a member, without the course. */
export const KEPT_COLUMNS = `user_id, ${eachColumn(({ column }) => column)}`;

/** Somebody listed again: the new values, and present. */
export const OVERWRITE = `
  ${eachColumn(({ column }) => `${column} = excluded.${column}`)},
  removed_at = NULL, last_seen_at = NULL, changed_at = now()`;

/** The key of a member's user ID in the JSON of a page, and of each column: one letter each. */
export const USER_KEY = "_";
export const COLUMN_KEYS = MEMBER_COLUMNS.map((_, index) => (index + 10).toString(36));

/**
 * One page of members: $4 is the list of them, $5 the sets of roles they point into. Empty once
 * `lease` is.
 */
export const PAGE = `
  SELECT i.${USER_KEY} AS user_id,
         ${eachColumn(({ column, is }, index) =>
           is.type === "text[]" ? `sets.${column}` : `i.${COLUMN_KEYS[index]} AS ${column}`,
         )}
    FROM lease,
         json_to_recordset($4::json) AS i (${USER_KEY} text,
           ${eachColumn(({ is }, index) => `${COLUMN_KEYS[index]} ${is.type === "text[]" ? "int" : is.type}`)})
    JOIN (SELECT ordinality - 1 AS position, string_to_array(value, E'\\n') AS roles
            FROM json_array_elements_text($5::json) WITH ORDINALITY AS given (value, ordinality))
      AS sets ON sets.position = i.${COLUMN_KEYS[MEMBER_COLUMNS.findIndex(({ field }) => field === "roles")]}`;

/**
 * Those of `page` that differ from what course $1 holds of them, with what it holds.
 *
 * Each is looked up by its key: of a join PostgreSQL may think, where it knows little of a new
 * course, that reading the whole course once for each page is cheaper.
 */
export const COMPARED = `
  SELECT page.*, m.user_id IS NULL AS is_new, m.removed_at IS NOT NULL AS was_removed,
         ${eachColumn(({ column }) => `m.${column} AS old_${column}`)}
    FROM page LEFT JOIN LATERAL (
           SELECT * FROM membership held
            WHERE held.course_id = $1 AND held.user_id = page.user_id LIMIT 1) m ON true
   WHERE m.user_id IS NULL OR m.removed_at IS NOT NULL
      OR (${eachColumn(({ column }) => `m.${column}`)})
         IS DISTINCT FROM
         (${eachColumn(({ column }) => `page.${column}`)})`;

/** The change field by field over `compared`; what is new has no `from`. */
export const FIELDS = `(
  SELECT coalesce(jsonb_object_agg(f.name, CASE
           WHEN is_new THEN jsonb_build_object('to', f.now)
           ELSE jsonb_build_object('from', f.old, 'to', f.now) END), '{}')
    FROM (VALUES ${eachColumn(
      ({ field, column }) => `('${field}', to_jsonb(old_${column}), to_jsonb(${column}))`,
    )}) AS f (name, old, now)
   WHERE f.old IS DISTINCT FROM f.now)`;
