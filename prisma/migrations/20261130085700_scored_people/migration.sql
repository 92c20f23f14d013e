-- Who has a score in a course, so that nobody has to look through all scores to find it out.

-- CreateTable
CREATE TABLE "scored_person" (
    "course_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "had_withdrawn" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "scored_person_pkey" PRIMARY KEY ("course_id", "user_id")
);

-- AddForeignKey
ALTER TABLE "scored_person" ADD CONSTRAINT "scored_person_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE FUNCTION "note_scored_people"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO scored_person (course_id, user_id)
  SELECT DISTINCT li.course_id, s.user_id
    FROM changed s JOIN line_item li ON li.id = s.line_item_id
   WHERE NOT EXISTS (SELECT FROM scored_person p
                      WHERE p.course_id = li.course_id AND p.user_id = s.user_id)
   ORDER BY 1, 2
      ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

-- Whether another score is left is asked by who reads: a row that is deleted here could be one that
-- a score of this very moment counts on. Where the course goes, there is nothing to note.
CREATE FUNCTION "note_withdrawn_scores"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE scored_person p SET had_withdrawn = true
    FROM (SELECT DISTINCT li.course_id, s.user_id
            FROM changed s JOIN line_item li ON li.id = s.line_item_id ORDER BY 1, 2) gone
   WHERE p.course_id = gone.course_id AND p.user_id = gone.user_id AND NOT p.had_withdrawn;
  RETURN NULL;
END $$;

CREATE TRIGGER "note_scored_people" AFTER INSERT ON "score"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_scored_people();
CREATE TRIGGER "note_withdrawn_scores" AFTER DELETE ON "score"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION note_withdrawn_scores();

INSERT INTO scored_person (course_id, user_id)
SELECT DISTINCT li.course_id, s.user_id
  FROM score s JOIN line_item li ON li.id = s.line_item_id;
