-- The finder looked people up by five indexes over every membership, which each new member of each
-- roster paid for: half of a first sync. It now has a table of its own, one row for each person of a
-- registration, filled after a sync (docs/decisions/0024).
DROP INDEX "membership_find_user_id_idx";
DROP INDEX "membership_find_email_idx";
DROP INDEX "membership_find_name_idx";
DROP INDEX "membership_find_family_name_idx";
DROP INDEX "membership_find_sourcedid_idx";

-- Room is left in each page: a further course of a person then touches no index.
CREATE TABLE "person" (
    "registration_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT,
    "family_name" TEXT,
    "email" TEXT,
    "lis_person_sourcedid" TEXT,
    "course_ids" UUID[]
) WITH (fillfactor = 80);

CREATE TABLE "person_due" (
    "id" BIGSERIAL NOT NULL,
    "course_id" UUID NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "after" TEXT NOT NULL DEFAULT '',
    "noted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "person_due_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "person_due_course_id_idx" ON "person_due"("course_id");

-- Written in the transaction that writes the members, a row for each statement: whoever fills
-- "person" deletes what it has seen, and so never what others have not committed.
CREATE OR REPLACE FUNCTION "membership_has_course"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  named_courses bigint;
  found_courses bigint;
BEGIN
  WITH named AS MATERIALIZED (
    SELECT course_id, min(changed_at) AS since FROM inserted GROUP BY course_id
  ), found AS (
    -- Locked as a foreign key would: whoever deletes one of them waits, and then sees these rows.
    SELECT id FROM "course" WHERE id IN (SELECT course_id FROM named) FOR KEY SHARE
  ), due AS (
    INSERT INTO "person_due" (course_id, since) SELECT course_id, since FROM named
  )
  SELECT (SELECT count(*) FROM named), (SELECT count(*) FROM found)
    INTO named_courses, found_courses;
  IF found_courses < named_courses THEN
    RAISE EXCEPTION 'a member is listed for a course that does not exist'
      USING ERRCODE = 'foreign_key_violation', TABLE = 'membership', COLUMN = 'course_id';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION "membership_changes_person"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "person_due" (course_id, since)
  SELECT course_id, min(changed.changed_at)
    FROM changed JOIN former USING (course_id, user_id)
   WHERE (changed.name, changed.family_name, changed.email, changed.lis_person_sourcedid)
         IS DISTINCT FROM
         (former.name, former.family_name, former.email, former.lis_person_sourcedid)
   GROUP BY course_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "membership_changes_person" AFTER UPDATE ON "membership"
  REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION "membership_changes_person"();

-- Everybody who is known already, with the latest that is known; 50 courses at most, as PEOPLE in
-- lib/db/search/keep-people.ts has it.
INSERT INTO "person" (registration_id, user_id, name, family_name, email, lis_person_sourcedid,
                      course_ids)
SELECT c.registration_id, m.user_id,
       (array_agg(m.name ORDER BY m.changed_at DESC) FILTER (WHERE m.name IS NOT NULL))[1],
       (array_agg(m.family_name ORDER BY m.changed_at DESC) FILTER (WHERE m.family_name IS NOT NULL))[1],
       (array_agg(m.email ORDER BY m.changed_at DESC) FILTER (WHERE m.email IS NOT NULL))[1],
       (array_agg(m.lis_person_sourcedid ORDER BY m.changed_at DESC)
          FILTER (WHERE m.lis_person_sourcedid IS NOT NULL))[1],
       (array_agg(m.course_id ORDER BY m.changed_at DESC))[1:50]
  FROM "membership" m JOIN "course" c ON c.id = m.course_id
 GROUP BY c.registration_id, m.user_id;

ALTER TABLE "person" ADD CONSTRAINT "person_pkey" PRIMARY KEY ("registration_id", "user_id");

ALTER TABLE "person" ADD CONSTRAINT "person_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Over expressions, which the schema file cannot tell of: see lib/db/search/people.ts. The operator
-- class serves LIKE 'text%' whatever the database's collation.
CREATE INDEX "person_find_user_id_idx" ON "person"(lower("user_id") text_pattern_ops);
CREATE INDEX "person_find_email_idx" ON "person"(lower("email") text_pattern_ops)
  WHERE "email" IS NOT NULL;
CREATE INDEX "person_find_name_idx" ON "person"(lower("name") text_pattern_ops)
  WHERE "name" IS NOT NULL;
CREATE INDEX "person_find_family_name_idx" ON "person"(lower("family_name") text_pattern_ops)
  WHERE "family_name" IS NOT NULL;
CREATE INDEX "person_find_sourcedid_idx" ON "person"(lower("lis_person_sourcedid") text_pattern_ops)
  WHERE "lis_person_sourcedid" IS NOT NULL;
