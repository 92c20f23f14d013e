-- Who a rule of single sign-on let in; sign-ins at a provider that were used.
ALTER TABLE "user" ADD COLUMN     "access_by_rule" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "used_sign_in_state" (
    "hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_sign_in_state_pkey" PRIMARY KEY ("hash")
);

CREATE INDEX "used_sign_in_state_expires_at_idx" ON "used_sign_in_state"("expires_at");
