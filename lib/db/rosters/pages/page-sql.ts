import { eachColumn } from "../columns.ts";

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

/** Parameters before those of the members' fields, as `writeRosterPage` fills them. */
const FIXED_PARAMETERS = 8;

/** The parameter of the user IDs, and of each column: a JSON array each, in the same order. */
const USER_IDS = `$${FIXED_PARAMETERS + 1}`;
const valuesOf = (index: number) => `$${FIXED_PARAMETERS + 2 + index}`;

/**
 * One page of members, a JSON array for each field: of an object for each member PostgreSQL makes a
 * table in memory, which costs it three times as much. Roles are numbers of sets in $4. Empty once
 * `lease` is.
 */
export const PAGE = `
  SELECT i.user_id, ${eachColumn(({ column, is }) =>
    is.type === "text[]" ? `sets.${column}` : `i.${column}::${is.type} AS ${column}`,
  )}
    FROM lease,
         ROWS FROM (json_array_elements_text(${USER_IDS}::json),
                    ${eachColumn((_, index) => `json_array_elements_text(${valuesOf(index)}::json)`)})
           AS i (user_id, ${eachColumn(({ column }) => column)})
    JOIN (SELECT (ordinality - 1)::text AS position, string_to_array(value, E'\\n') AS roles
            FROM json_array_elements_text($4::json) WITH ORDINALITY AS given (value, ordinality))
      AS sets ON sets.position = i.roles`;

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
