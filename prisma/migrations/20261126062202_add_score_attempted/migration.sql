-- AlterTable
ALTER TABLE "score" ADD COLUMN     "attempted" DOUBLE PRECISION[];

-- What is in flight at this moment may have arrived.
UPDATE "score" SET "attempted" = ARRAY["score_given" / coalesce(nullif("score_maximum", 0), 1)]
 WHERE "state" = 'sending' AND "score_given" IS NOT NULL;
