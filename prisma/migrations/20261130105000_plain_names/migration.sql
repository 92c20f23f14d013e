-- Tables by the words of the code. Their rows stay.
ALTER TABLE "platform_flow" RENAME TO "platform_pacing";

ALTER TABLE "flow_grant" RENAME TO "call_slot";
ALTER INDEX "flow_grant_registration_id_since_idx" RENAME TO "call_slot_registration_id_since_idx";

ALTER TABLE "roster_walk" RENAME TO "roster_lock";
ALTER INDEX "roster_walk_run_id_idx" RENAME TO "roster_lock_run_id_idx";

DO $$
DECLARE
  former record;
BEGIN
  FOR former IN
    SELECT conrelid::regclass AS renamed, conname AS name FROM pg_constraint
     WHERE conrelid IN ('platform_pacing'::regclass, 'call_slot'::regclass, 'roster_lock'::regclass)
  LOOP
    EXECUTE format('ALTER TABLE %s RENAME CONSTRAINT %I TO %I', former.renamed, former.name,
      regexp_replace(former.name, '^(platform_flow|flow_grant|roster_walk)', former.renamed::text));
  END LOOP;
END $$;

-- The version before still runs beside this one during an upgrade, and goes by the former names.
CREATE VIEW "platform_flow" AS SELECT * FROM "platform_pacing";
CREATE VIEW "flow_grant" AS SELECT * FROM "call_slot";
CREATE VIEW "roster_walk" AS SELECT * FROM "roster_lock";

-- The code `sync.platform_resting` is `sync.platform_cooling_down`, wherever it is stored. The audit
-- is a chain and keeps what was written.
UPDATE "run" SET "error_code" = 'sync.platform_cooling_down' WHERE "error_code" = 'sync.platform_resting';
UPDATE "run_course" SET "error_code" = 'sync.platform_cooling_down' WHERE "error_code" = 'sync.platform_resting';
UPDATE "course" SET "roster_error_code" = 'sync.platform_cooling_down' WHERE "roster_error_code" = 'sync.platform_resting';
UPDATE "course" SET "grades_error_code" = 'sync.platform_cooling_down' WHERE "grades_error_code" = 'sync.platform_resting';
UPDATE "run_event" SET "detail" = jsonb_set("detail", '{code}', '"sync.platform_cooling_down"')
 WHERE "detail" ->> 'code' = 'sync.platform_resting';
UPDATE "saved_view" SET "query" = replace("query", 'sync.platform_resting', 'sync.platform_cooling_down')
 WHERE "query" LIKE '%sync.platform\_resting%';
UPDATE "bulk_operation" SET
       "filter" = replace("filter"::text, '"sync.platform_resting"', '"sync.platform_cooling_down"')::jsonb,
       "problems" = replace("problems"::text, '"sync.platform_resting"', '"sync.platform_cooling_down"')::jsonb
 WHERE ("filter"::text || "problems"::text) LIKE '%"sync.platform\_resting"%';
