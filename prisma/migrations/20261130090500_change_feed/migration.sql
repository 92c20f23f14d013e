-- The change feed: what happened, written in the transaction in which it happened, for applications
-- that keep a copy (docs/decisions/0038). A row may stand for many events of one type: `subjects`
-- names the members, outcomes or scores. `number` is that of its last event, and is given once the
-- row is committed, so that nobody reads past a change that is not there yet.
CREATE TABLE "feed_entry" (
    "id" BIGSERIAL NOT NULL,
    "number" BIGINT,
    "type" TEXT NOT NULL,
    "registration_id" UUID NOT NULL,
    "course_id" UUID,
    "subjects" TEXT[],
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feed_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "feed_entry_number_key" ON "feed_entry"("number");

-- Rows without a number; few, and looked for at every reading.
CREATE INDEX "feed_entry_unnumbered_idx" ON "feed_entry"("id") WHERE "number" IS NULL;

-- One row: how far numbers are given, and up to which number rows are no longer kept.
CREATE TABLE "feed_state" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "numbered" BIGINT NOT NULL DEFAULT 0,
    "dropped" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "feed_state_pkey" PRIMARY KEY ("id")
);

INSERT INTO "feed_state" DEFAULT VALUES;

-- A row for each statement and course, whoever writes the members.
CREATE FUNCTION "feed_members_added"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO feed_entry (type, registration_id, course_id, subjects)
  SELECT 'member.added', c.registration_id, n.course_id, n.users
    FROM (SELECT course_id, array_agg(user_id) AS users FROM inserted GROUP BY course_id) n
    JOIN course c ON c.id = n.course_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "feed_members_added" AFTER INSERT ON "membership"
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION feed_members_added();

-- When somebody was last seen is no change. Whatever else is written comes with a new changed_at;
-- only within one millisecond are the columns compared.
CREATE FUNCTION "feed_members_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO feed_entry (type, registration_id, course_id, subjects)
  SELECT n.type, c.registration_id, n.course_id, n.users
    FROM (
      SELECT course_id, array_agg(user_id) AS users,
             CASE WHEN changed.removed_at IS NOT NULL AND former.removed_at IS NULL
                  THEN 'member.removed'
                  WHEN changed.removed_at IS NULL AND former.removed_at IS NOT NULL
                  THEN 'member.restored'
                  ELSE 'member.changed' END AS type
        FROM changed JOIN former USING (course_id, user_id)
       WHERE changed.changed_at <> former.changed_at
          OR (changed.removed_at IS NULL) <> (former.removed_at IS NULL)
          OR to_jsonb(changed) - 'last_seen_at' <> to_jsonb(former) - 'last_seen_at'
       GROUP BY 1, 3) n
    JOIN course c ON c.id = n.course_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "feed_members_changed" AFTER UPDATE ON "membership"
  REFERENCING OLD TABLE AS former NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION feed_members_changed();

CREATE FUNCTION "feed_course_discovered"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO feed_entry (type, registration_id, course_id)
  SELECT 'course.discovered', registration_id, id FROM inserted;
  RETURN NULL;
END $$;

CREATE TRIGGER "feed_course_discovered" AFTER INSERT ON "course"
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION feed_course_discovered();

CREATE FUNCTION "feed_course_changed"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO feed_entry (type, registration_id, course_id, data)
  SELECT 'course.changed', c.registration_id, c.id,
         jsonb_build_object('source', n.source, 'changes', n.changes)
    FROM inserted n JOIN course c ON c.id = n.course_id;
  RETURN NULL;
END $$;

CREATE TRIGGER "feed_course_changed" AFTER INSERT ON "course_change"
  REFERENCING NEW TABLE AS inserted
  FOR EACH STATEMENT EXECUTE FUNCTION feed_course_changed();

CREATE FUNCTION "feed_hold"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO feed_entry (type, registration_id, course_id, data)
  VALUES (CASE WHEN NEW.state = 'open' THEN 'hold.opened' ELSE 'hold.decided' END,
          NEW.registration_id, NEW.course_id,
          jsonb_build_object('holdId', NEW.id, 'runId', NEW.run_id, 'state', NEW.state,
                             'rule', NEW.rule, 'removals', NEW.removals,
                             'membersBefore', NEW.members_before));
  RETURN NULL;
END $$;

CREATE TRIGGER "feed_hold_opened" AFTER INSERT ON "hold"
  FOR EACH ROW EXECUTE FUNCTION feed_hold();
CREATE TRIGGER "feed_hold_decided" AFTER UPDATE OF state ON "hold"
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION feed_hold();
