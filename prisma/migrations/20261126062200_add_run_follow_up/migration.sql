-- CreateTable
CREATE TABLE "run_follow_up" (
    "run_id" UUID NOT NULL,
    "trigger" "run_trigger" NOT NULL,
    "started_by" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "run_follow_up_pkey" PRIMARY KEY ("run_id")
);

-- AddForeignKey
ALTER TABLE "run_follow_up" ADD CONSTRAINT "run_follow_up_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
