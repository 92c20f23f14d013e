-- How much of a course's scores is proven is counted by the database itself, in the transaction
-- of each change, so that every page says the same at every moment.

-- CreateTable
CREATE TABLE "proof_count" (
    "id" BIGSERIAL NOT NULL,
    "course_id" UUID NOT NULL,
    "total" INTEGER NOT NULL DEFAULT 0,
    "same" INTEGER NOT NULL DEFAULT 0,
    "differs" INTEGER NOT NULL DEFAULT 0,
    "missing" INTEGER NOT NULL DEFAULT 0,
    "unreadable" INTEGER NOT NULL DEFAULT 0,
    "left" INTEGER NOT NULL DEFAULT 0,
    "open" INTEGER NOT NULL DEFAULT 0,
    "not_ours" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "proof_count_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "proof_count_course_id_idx" ON "proof_count"("course_id");

-- AddForeignKey
ALTER TABLE "proof_count" ADD CONSTRAINT "proof_count_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The counts of scores before a change (sign -1) or after it (1), a row for each line item; the
-- trigger gives them as the table `changed`. Rows are added and none is locked, so that nobody
-- waits. A column that was deleted from here has no part in it.
CREATE FUNCTION "count_proof"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  sign CONSTANT integer := TG_ARGV[0]::integer;
BEGIN
  INSERT INTO proof_count (course_id, total, same, differs, missing, unreadable, "left", open)
  SELECT n.course_id, n.total, n.same, n.differs, n.missing, n.unreadable, n.left_so, n.open
    FROM (
      SELECT (SELECT li.course_id FROM line_item li
               WHERE li.id = s.line_item_id AND li.deleted_by IS NULL) AS course_id,
             sign * count(*) AS total,
             sign * count(*) FILTER (WHERE s.proof = 'same') AS same,
             sign * count(*) FILTER (WHERE s.proof = 'differs') AS differs,
             sign * count(*) FILTER (WHERE s.proof = 'missing') AS missing,
             sign * count(*) FILTER (WHERE s.proof = 'unreadable') AS unreadable,
             sign * count(*) FILTER (WHERE s.proof IN ('differs', 'missing')
                                       AND s.proof_left_by IS NOT NULL) AS left_so,
             -- Nothing can be done about the grades of who left the course.
             sign * count(*) FILTER (WHERE s.proof <> 'same' AND s.proof_left_by IS NULL
                                       AND s.proof_cause IS DISTINCT FROM 'left_course') AS open
        FROM changed s
       WHERE s.state IN ('sent', 'rejected')
       GROUP BY s.line_item_id) n
   WHERE n.course_id IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "count_proof_of_added" AFTER INSERT ON "score"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_proof('1');
CREATE TRIGGER "count_proof_before_change" AFTER UPDATE ON "score"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_proof('-1');
CREATE TRIGGER "count_proof_after_change" AFTER UPDATE ON "score"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_proof('1');
CREATE TRIGGER "count_proof_of_deleted" AFTER DELETE ON "score"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_proof('-1');

-- Results that nobody here sent.
CREATE FUNCTION "count_not_ours"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO proof_count (course_id, not_ours)
  SELECT n.course_id, n.results
    FROM (
      SELECT (SELECT li.course_id FROM line_item li
               WHERE li.id = f.line_item_id AND li.deleted_by IS NULL) AS course_id,
             TG_ARGV[0]::integer * count(*) AS results
        FROM changed f GROUP BY f.line_item_id) n
   WHERE n.course_id IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "count_not_ours_added" AFTER INSERT ON "foreign_result"
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_not_ours('1');
CREATE TRIGGER "count_not_ours_deleted" AFTER DELETE ON "foreign_result"
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION count_not_ours('-1');

-- What a whole column adds to its course's counts; the migration begins with it, too.
CREATE FUNCTION "proof_of_column"(column_id uuid, sign integer) RETURNS void LANGUAGE sql AS $$
  INSERT INTO proof_count (course_id, total, same, differs, missing, unreadable, "left", open,
                           not_ours)
  SELECT li.course_id, sign * count(*),
         sign * count(*) FILTER (WHERE s.proof = 'same'),
         sign * count(*) FILTER (WHERE s.proof = 'differs'),
         sign * count(*) FILTER (WHERE s.proof = 'missing'),
         sign * count(*) FILTER (WHERE s.proof = 'unreadable'),
         sign * count(*) FILTER (WHERE s.proof IN ('differs', 'missing')
                                   AND s.proof_left_by IS NOT NULL),
         sign * count(*) FILTER (WHERE s.proof <> 'same' AND s.proof_left_by IS NULL
                                   AND s.proof_cause IS DISTINCT FROM 'left_course'),
         0
    FROM score s JOIN line_item li ON li.id = s.line_item_id
   WHERE s.line_item_id = column_id AND s.state IN ('sent', 'rejected')
   GROUP BY li.course_id
   UNION ALL
  SELECT li.course_id, 0, 0, 0, 0, 0, 0, 0, sign * count(*)
    FROM foreign_result f JOIN line_item li ON li.id = f.line_item_id
   WHERE f.line_item_id = column_id
   GROUP BY li.course_id
$$;

-- A column is deleted from here, or found again. Its scores are locked first: what another
-- transaction is changing has been counted by the time it is taken away, or is not counted at all.
CREATE FUNCTION "count_proof_of_column"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM score WHERE line_item_id = NEW.id ORDER BY user_id FOR NO KEY UPDATE;
  PERFORM proof_of_column(NEW.id, CASE WHEN NEW.deleted_by IS NULL THEN 1 ELSE -1 END);
  RETURN NULL;
END $$;

CREATE TRIGGER "count_proof_of_column" AFTER UPDATE OF deleted_by ON "line_item"
  FOR EACH ROW WHEN ((OLD.deleted_by IS NULL) <> (NEW.deleted_by IS NULL))
  EXECUTE FUNCTION count_proof_of_column();

-- As it is today.
SELECT count(proof_of_column(id, 1)) FROM line_item WHERE deleted_by IS NULL;

ALTER TABLE "course" DROP COLUMN "proof_foreign",
DROP COLUMN "proof_open",
DROP COLUMN "proof_same",
DROP COLUMN "proof_total";
