-- Who exactly did what, from where, and by which request; kept so that a later change shows.
ALTER TABLE "audit_entry" ADD COLUMN "actor_kind" TEXT NOT NULL DEFAULT 'system',
ADD COLUMN "actor_id" TEXT,
ADD COLUMN "address" TEXT,
ADD COLUMN "request_id" TEXT,
ADD COLUMN "times" INTEGER NOT NULL DEFAULT 1;

UPDATE "audit_entry" SET "actor_kind" = CASE "source"
    WHEN 'operator' THEN 'operator' WHEN 'api' THEN 'api_key' ELSE 'system' END
 WHERE "source" IN ('operator', 'api');

CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id");
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

CREATE TABLE "audit_link" (
    "position" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "digest" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_link_pkey" PRIMARY KEY ("position")
);
CREATE UNIQUE INDEX "audit_link_entry_id_key" ON "audit_link"("entry_id");

CREATE TABLE "audit_anchor" (
    "id" BIGSERIAL NOT NULL,
    "position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "entries" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_anchor_pkey" PRIMARY KEY ("id")
);

-- Each value with its length before it, so that no two entries read the same.
CREATE FUNCTION audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(octet_length(value) || ':' || value, '-') || ','
$$;

CREATE FUNCTION audit_digest(entry "audit_entry") RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(convert_to(
        audit_part(entry."id"::text) ||
        audit_part((extract(epoch FROM entry."at") * 1000)::bigint::text) ||
        audit_part(entry."actor_kind") || audit_part(entry."actor_id") ||
        audit_part(entry."actor") || audit_part(entry."source") ||
        audit_part(entry."action") || audit_part(entry."object") ||
        audit_part(entry."object_id") || audit_part(entry."detail"::text) ||
        audit_part(entry."address") || audit_part(entry."request_id") ||
        audit_part(entry."times"::text), 'UTF8'))
$$;

-- Called at the commit of what is recorded, so that the lock is held no longer than the commit.
CREATE FUNCTION audit_chain_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_position bigint;
    last_hash bytea;
    new_digest bytea := audit_digest(NEW);
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rollbook: audit chain', 0));
    SELECT "position", "hash" INTO last_position, last_hash
      FROM "audit_link" ORDER BY "position" DESC LIMIT 1;
    IF NOT FOUND THEN
        SELECT "position", "hash" INTO last_position, last_hash
          FROM "audit_anchor" ORDER BY "id" DESC LIMIT 1;
    END IF;
    INSERT INTO "audit_link" ("position", "entry_id", "digest", "hash")
    VALUES (coalesce(last_position, 0) + 1, NEW."id", new_digest,
            sha256(coalesce(last_hash, ''::bytea) || new_digest));
    RETURN NULL;
END $$;

-- What is there already comes first, in the order of its IDs.
DO $$
DECLARE
    entry "audit_entry";
    last_position bigint := 0;
    last_hash bytea := '';
    new_digest bytea;
BEGIN
    FOR entry IN SELECT * FROM "audit_entry" ORDER BY "id" LOOP
        new_digest := audit_digest(entry);
        last_position := last_position + 1;
        last_hash := sha256(last_hash || new_digest);
        INSERT INTO "audit_link" VALUES (last_position, entry."id", new_digest, last_hash);
    END LOOP;
END $$;

CREATE CONSTRAINT TRIGGER audit_entry_chained AFTER INSERT ON "audit_entry"
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain_entry();

-- Removes the oldest entries, up to a moment, and notes where the chain goes on from.
CREATE FUNCTION audit_forget(before timestamptz, most integer) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    kept_from bigint;
    last "audit_link";
    forgotten bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('rollbook: audit chain', 0));
    SELECT min(old."position") + most INTO kept_from FROM "audit_link" old;
    -- From the first one that is young enough on, everything stays.
    SELECT least(kept_from, min(link."position")) INTO kept_from
      FROM "audit_link" link JOIN "audit_entry" entry ON entry."id" = link."entry_id"
     WHERE entry."at" >= before;
    SELECT link.* INTO last FROM "audit_link" link
     WHERE link."position" < kept_from ORDER BY link."position" DESC LIMIT 1;
    IF NOT FOUND THEN RETURN 0; END IF;
    PERFORM set_config('rollbook.audit_forgets', 'on', true);
    DELETE FROM "audit_entry" entry USING "audit_link" link
     WHERE link."entry_id" = entry."id" AND link."position" <= last."position";
    DELETE FROM "audit_link" link WHERE link."position" <= last."position";
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    INSERT INTO "audit_anchor" ("position", "hash", "entries")
    VALUES (last."position", last."hash", forgotten);
    PERFORM set_config('rollbook.audit_forgets', 'off', true);
    RETURN forgotten;
END $$;

CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('rollbook.audit_forgets', true), '') = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the audit is only added to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_entry_not_emptied BEFORE TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_link_stays BEFORE UPDATE OR DELETE ON "audit_link"
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_link_not_emptied BEFORE TRUNCATE ON "audit_link"
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_anchor_stays BEFORE UPDATE OR DELETE ON "audit_anchor"
    FOR EACH ROW EXECUTE FUNCTION audit_stays();
CREATE TRIGGER audit_anchor_not_emptied BEFORE TRUNCATE ON "audit_anchor"
    FOR EACH STATEMENT EXECUTE FUNCTION audit_stays();
