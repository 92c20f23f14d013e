-- In which process a run took the token, as host and process ID; unknown for uses before this.
ALTER TABLE "token_use" ADD COLUMN "process" TEXT;

-- The latest refusal of a registration, however long ago it was.
CREATE INDEX "token_request_refused_idx" ON "token_request" ("registration_id", "id")
  WHERE "error_code" IS NOT NULL;
