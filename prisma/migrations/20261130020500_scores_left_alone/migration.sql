-- Scores that the course's rule left alone; until now they were counted as sent.
ALTER TABLE "run" ADD COLUMN "skipped" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "run_batch" ADD COLUMN "skipped" INTEGER NOT NULL DEFAULT 0;
