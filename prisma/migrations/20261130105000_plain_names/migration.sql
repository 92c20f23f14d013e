-- Tables by the words of the code. Their rows stay.
ALTER TABLE "platform_flow" RENAME TO "platform_pacing";
ALTER TABLE "platform_pacing" RENAME CONSTRAINT "platform_flow_pkey" TO "platform_pacing_pkey";
ALTER TABLE "platform_pacing" RENAME CONSTRAINT "platform_flow_registration_id_fkey" TO "platform_pacing_registration_id_fkey";

ALTER TABLE "flow_grant" RENAME TO "call_slot";
ALTER TABLE "call_slot" RENAME CONSTRAINT "flow_grant_pkey" TO "call_slot_pkey";
ALTER TABLE "call_slot" RENAME CONSTRAINT "flow_grant_run_id_fkey" TO "call_slot_run_id_fkey";
ALTER TABLE "call_slot" RENAME CONSTRAINT "flow_grant_registration_id_fkey" TO "call_slot_registration_id_fkey";
ALTER INDEX "flow_grant_registration_id_since_idx" RENAME TO "call_slot_registration_id_since_idx";

ALTER TABLE "roster_walk" RENAME TO "roster_lock";
ALTER TABLE "roster_lock" RENAME CONSTRAINT "roster_walk_pkey" TO "roster_lock_pkey";
ALTER TABLE "roster_lock" RENAME CONSTRAINT "roster_walk_course_id_fkey" TO "roster_lock_course_id_fkey";
ALTER TABLE "roster_lock" RENAME CONSTRAINT "roster_walk_run_id_fkey" TO "roster_lock_run_id_fkey";
ALTER INDEX "roster_walk_run_id_idx" RENAME TO "roster_lock_run_id_idx";

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
