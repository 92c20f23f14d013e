/** One page of members from ten arrays, as parameters $3 to $12. */
export const PAGE = `
  SELECT i.user_id, string_to_array(i.roles, E'\\n') AS roles,
         i.status::membership_status AS status, i.name, i.given_name, i.middle_name,
         i.family_name, i.email, i.picture, i.lis_person_sourcedid
    FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::text[], $10::text[], $11::text[], $12::text[])
      AS i (user_id, roles, status, name, given_name, middle_name, family_name, email, picture,
            lis_person_sourcedid)`;

/** Those of `page` that differ from what course $1 holds of them, with what it holds. */
export const COMPARED = `
  SELECT page.*, m.user_id IS NULL AS is_new, coalesce(m.removed_at IS NOT NULL, false) AS was_removed,
         m.roles AS old_roles, m.status AS old_status, m.name AS old_name,
         m.given_name AS old_given_name, m.middle_name AS old_middle_name,
         m.family_name AS old_family_name, m.email AS old_email, m.picture AS old_picture,
         m.lis_person_sourcedid AS old_sourcedid
    FROM page LEFT JOIN membership m ON m.course_id = $1 AND m.user_id = page.user_id
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
