-- CreateIndex
CREATE INDEX "run_registration_id_kind_state_created_at_id_idx" ON "run"("registration_id", "kind", "state", "created_at", "id");
