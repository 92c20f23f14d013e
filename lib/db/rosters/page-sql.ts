/** A short stand-in for a user ID. */
export function markOf(userId: string): string {
  return `int8send(hashtextextended(${userId}, 0))`;
}

/** What is kept of a member, without the course. */
export const MEMBER_COLUMNS = `user_id, roles, status, name, given_name, middle_name, family_name,
  email, picture, lis_person_sourcedid`;

/** Somebody listed again: the new values, and present. */
export const OVERWRITE = `
  roles = excluded.roles, status = excluded.status, name = excluded.name,
  given_name = excluded.given_name, middle_name = excluded.middle_name,
  family_name = excluded.family_name, email = excluded.email, picture = excluded.picture,
  lis_person_sourcedid = excluded.lis_person_sourcedid, removed_at = NULL,
  last_seen_at = NULL, changed_at = now()`;

/**
 * One page of members: $4 is the list of them, $5 the sets of roles they point into. Empty once
 * `lease` is.
 */
export const PAGE = `
  SELECT i.u AS user_id, sets.roles, i.s AS status, i.n AS name, i.g AS given_name,
         i.d AS middle_name, i.f AS family_name, i.e AS email, i.p AS picture,
         i.l AS lis_person_sourcedid
    FROM lease,
         json_to_recordset($4::json) AS i (u text, r int, s membership_status, n text, g text,
                                           d text, f text, e text, p text, l text)
    JOIN (SELECT ordinality - 1 AS r, string_to_array(value, E'\\n') AS roles
            FROM json_array_elements_text($5::json) WITH ORDINALITY AS given (value, ordinality)) AS sets ON sets.r = i.r`;

/**
 * Those of `page` that differ from what course $1 holds of them, with what it holds.
 *
 * Each is looked up by its key: of a join PostgreSQL may think, where it knows little of a new
 * course, that reading the whole course once for each page is cheaper.
 */
export const COMPARED = `
  SELECT page.*, m.user_id IS NULL AS is_new, m.removed_at IS NOT NULL AS was_removed,
         m.roles AS old_roles, m.status AS old_status, m.name AS old_name,
         m.given_name AS old_given_name, m.middle_name AS old_middle_name,
         m.family_name AS old_family_name, m.email AS old_email, m.picture AS old_picture,
         m.lis_person_sourcedid AS old_sourcedid
    FROM page LEFT JOIN LATERAL (
           SELECT * FROM membership held
            WHERE held.course_id = $1 AND held.user_id = page.user_id LIMIT 1) m ON true
   WHERE m.user_id IS NULL OR m.removed_at IS NOT NULL
      OR (m.roles, m.status, m.name, m.given_name, m.middle_name, m.family_name, m.email,
          m.picture, m.lis_person_sourcedid)
         IS DISTINCT FROM
         (page.roles, page.status, page.name, page.given_name, page.middle_name,
          page.family_name, page.email, page.picture, page.lis_person_sourcedid)`;

/** The change field by field over `compared`; what is new has no `from`. */
export const FIELDS = `(
  SELECT coalesce(jsonb_object_agg(f.name, CASE
           WHEN is_new THEN jsonb_build_object('to', f.now)
           ELSE jsonb_build_object('from', f.old, 'to', f.now) END), '{}')
    FROM (VALUES ('roles', to_jsonb(old_roles), to_jsonb(roles)),
                 ('status', to_jsonb(old_status), to_jsonb(status)),
                 ('name', to_jsonb(old_name), to_jsonb(name)),
                 ('givenName', to_jsonb(old_given_name), to_jsonb(given_name)),
                 ('middleName', to_jsonb(old_middle_name), to_jsonb(middle_name)),
                 ('familyName', to_jsonb(old_family_name), to_jsonb(family_name)),
                 ('email', to_jsonb(old_email), to_jsonb(email)),
                 ('picture', to_jsonb(old_picture), to_jsonb(picture)),
                 ('lisPersonSourcedId', to_jsonb(old_sourcedid), to_jsonb(lis_person_sourcedid))
         ) AS f (name, old, now)
   WHERE f.old IS DISTINCT FROM f.now)`;
