-- AlterTable
ALTER TABLE "session" ADD COLUMN     "proven_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Of sessions that stand already, the sign-in is the last proof.
UPDATE "session" SET "proven_at" = "created_at";
