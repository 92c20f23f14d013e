-- People who were erased, by hash: a roster that lists one of them again is noticed by it.
CREATE TABLE "erased_person" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "salt" BYTEA NOT NULL,
    "user_hash" BYTEA NOT NULL,
    "pseudonym" TEXT NOT NULL,
    "report" JSONB NOT NULL,
    "erased_by" TEXT NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "looked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "listed_again_at" TIMESTAMPTZ(3),

    CONSTRAINT "erased_person_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "erased_person_registration_id_idx" ON "erased_person"("registration_id");
CREATE INDEX "erased_person_erased_at_idx" ON "erased_person"("erased_at");

ALTER TABLE "erased_person" ADD CONSTRAINT "erased_person_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A person's words may be taken out of entries, by one function alone. The chain goes on over the
-- digest that an entry was written with; what it reads as since is told by the entry that says who
-- erased the person, which is chained as well.
CREATE OR REPLACE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND coalesce(current_setting('rollbook.audit_forgets', true), '') = 'on' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'audit_entry'
       AND coalesce(current_setting('rollbook.audit_erases', true), '') = 'on' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is only added to: % of % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

-- Returns the digest of what the entry reads as from now on.
CREATE FUNCTION audit_erase(entry bigint, new_actor text, new_object_id text, new_detail jsonb)
RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    erased "audit_entry";
BEGIN
    PERFORM set_config('rollbook.audit_erases', 'on', true);
    UPDATE "audit_entry" SET "actor" = new_actor, "object_id" = new_object_id, "detail" = new_detail
     WHERE "id" = entry RETURNING * INTO erased;
    PERFORM set_config('rollbook.audit_erases', 'off', true);
    RETURN audit_digest(erased);
END $$;
