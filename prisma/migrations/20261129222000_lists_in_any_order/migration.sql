-- CreateTable
CREATE TABLE "saved_view" (
    "id" UUID NOT NULL,
    "owner_id" TEXT NOT NULL,
    "list" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_list_name_key" ON "saved_view"("owner_id", "list", "name");

-- CreateIndex
CREATE INDEX "audit_entry_action_id_idx" ON "audit_entry"("action", "id");

-- CreateIndex
CREATE INDEX "run_started_by_created_at_id_idx" ON "run"("started_by", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_trigger_created_at_id_idx" ON "run"("trigger", "created_at", "id");

-- Over expressions, which the schema file cannot tell of: RUN_ORDERS in lib/db/runs/conditions.ts
-- has the same, word for word.
CREATE INDEX "run_in_order_of_end_idx"
  ON "run"((COALESCE(finished_at, 'epoch'::timestamptz)), "id");
CREATE INDEX "run_in_order_of_length_idx"
  ON "run"((COALESCE(EXTRACT(epoch FROM finished_at - started_at), 0)::double precision), "id");

-- The few runs that failed, among all that ever were.
CREATE INDEX "run_of_error_idx" ON "run"("error_code", "created_at", "id")
  WHERE "error_code" IS NOT NULL;
