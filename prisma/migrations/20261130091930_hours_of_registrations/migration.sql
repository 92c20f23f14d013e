-- What happened at a registration, hour by hour: its page asks for thirty days of it, and neither
-- the answers of a platform nor a million runs are to be gone through for that.

-- AlterTable
ALTER TABLE "run_course" ADD COLUMN "members_after" INTEGER;

-- CreateTable
CREATE TABLE "registration_hour" (
    "registration_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "runs_failed" INTEGER NOT NULL DEFAULT 0,
    "members_added" INTEGER NOT NULL DEFAULT 0,
    "members_removed" INTEGER NOT NULL DEFAULT 0,
    "scores_sent" INTEGER NOT NULL DEFAULT 0,
    "scores_rejected" INTEGER NOT NULL DEFAULT 0,
    "calls_failed" INTEGER NOT NULL DEFAULT 0,
    "calls_throttled" INTEGER NOT NULL DEFAULT 0,
    "within_100ms" INTEGER NOT NULL DEFAULT 0,
    "within_250ms" INTEGER NOT NULL DEFAULT 0,
    "within_500ms" INTEGER NOT NULL DEFAULT 0,
    "within_1s" INTEGER NOT NULL DEFAULT 0,
    "within_3s" INTEGER NOT NULL DEFAULT 0,
    "within_10s" INTEGER NOT NULL DEFAULT 0,
    "longer" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "registration_hour_pkey" PRIMARY KEY ("registration_id","hour")
);

-- CreateTable
CREATE TABLE "registration_note" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(0) NOT NULL,
    "runs" INTEGER NOT NULL DEFAULT 0,
    "runs_failed" INTEGER NOT NULL DEFAULT 0,
    "members_added" INTEGER NOT NULL DEFAULT 0,
    "members_removed" INTEGER NOT NULL DEFAULT 0,
    "scores_sent" INTEGER NOT NULL DEFAULT 0,
    "scores_rejected" INTEGER NOT NULL DEFAULT 0,
    "calls_failed" INTEGER NOT NULL DEFAULT 0,
    "calls_throttled" INTEGER NOT NULL DEFAULT 0,
    "within_100ms" INTEGER NOT NULL DEFAULT 0,
    "within_250ms" INTEGER NOT NULL DEFAULT 0,
    "within_500ms" INTEGER NOT NULL DEFAULT 0,
    "within_1s" INTEGER NOT NULL DEFAULT 0,
    "within_3s" INTEGER NOT NULL DEFAULT 0,
    "within_10s" INTEGER NOT NULL DEFAULT 0,
    "longer" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "registration_note_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "registration_note_registration_id_idx" ON "registration_note"("registration_id");

-- AddForeignKey
ALTER TABLE "registration_hour" ADD CONSTRAINT "registration_hour_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_note" ADD CONSTRAINT "registration_note_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The runs of the last thirty days, as NOTE_ENDED in lib/db/history/hours.ts counts those to come.
INSERT INTO registration_hour (registration_id, hour, runs, runs_failed, members_added,
                               members_removed, scores_sent, scores_rejected)
SELECT registration_id, date_trunc('hour', finished_at, 'UTC'), count(*),
       count(*) FILTER (WHERE state = 'failed'),
       coalesce(sum(members_added) FILTER (WHERE kind = 'roster_sync' AND NOT is_preview), 0),
       coalesce(sum(members_removed) FILTER (WHERE kind = 'roster_sync' AND NOT is_preview), 0),
       coalesce(sum(done) FILTER (WHERE kind = 'grade_sync'), 0),
       coalesce(sum(failed) FILTER (WHERE kind = 'grade_sync'), 0)
  FROM run WHERE finished_at >= now() - interval '31 days'
 GROUP BY 1, 2;
