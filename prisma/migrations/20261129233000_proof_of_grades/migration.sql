-- What a verification found the platform to hold of each score.
ALTER TYPE "run_kind" ADD VALUE 'verify';

CREATE TYPE "proof_state" AS ENUM ('same', 'differs', 'missing', 'unreadable');

CREATE TYPE "proof_cause" AS ENUM ('edited', 'kept_by_platform', 'left_alone', 'refused', 'locked', 'wiped', 'left_course', 'wiped_on_return', 'not_fully_graded', 'never_kept', 'column_gone', 'no_scope', 'not_listed', 'no_answer');

ALTER TABLE "score" ADD COLUMN "proof" "proof_state",
ADD COLUMN "proof_cause" "proof_cause",
ADD COLUMN "proof_score" DOUBLE PRECISION,
ADD COLUMN "proof_maximum" DOUBLE PRECISION,
ADD COLUMN "proved_at" TIMESTAMPTZ(3),
ADD COLUMN "proof_left_by" TEXT,
ADD COLUMN "was_overridden" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN "needs_proof" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "line_item" ADD COLUMN "verify_run_id" UUID,
ADD COLUMN "verified_at" TIMESTAMPTZ(3),
ADD COLUMN "gone_at" TIMESTAMPTZ(3);

ALTER TABLE "course" ADD COLUMN "verify_after_send" BOOLEAN,
ADD COLUMN "proof_total" INTEGER,
ADD COLUMN "proof_same" INTEGER,
ADD COLUMN "proof_open" INTEGER,
ADD COLUMN "proof_foreign" INTEGER,
ADD COLUMN "proved_at" TIMESTAMPTZ(3);

-- Results that nobody here sent.
CREATE TABLE "foreign_result" (
    "line_item_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "result_score" DOUBLE PRECISION NOT NULL,
    "result_maximum" DOUBLE PRECISION NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "foreign_result_pkey" PRIMARY KEY ("line_item_id","user_id")
);

ALTER TABLE "foreign_result" ADD CONSTRAINT "foreign_result_line_item_id_fkey" FOREIGN KEY ("line_item_id") REFERENCES "line_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Few scores differ, and these are what is asked for.
CREATE INDEX "score_open_proof_idx" ON "score" ("line_item_id", "proof") WHERE "proof" IN ('differs', 'missing', 'unreadable');

CREATE INDEX "score_needs_proof_idx" ON "score" ("line_item_id") WHERE "needs_proof";
