-- A partial index, which the schema file cannot tell of: the runs that schedules started, by time.
CREATE INDEX "run_of_schedule_idx" ON "run"("created_at") WHERE "schedule_id" IS NOT NULL;
