-- Sessions that nobody uses end; attempts to sign in count in every process.
ALTER TABLE "session" ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TABLE "sign_in_attempts" (
    "name" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "waits_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("name")
);

CREATE INDEX "sign_in_attempts_last_at_idx" ON "sign_in_attempts"("last_at");

CREATE INDEX "session_expires_at_idx" ON "session"("expires_at");
