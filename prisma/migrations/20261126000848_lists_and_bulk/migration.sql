-- DropIndex
DROP INDEX "audit_entry_object_object_id_idx";

-- DropIndex
DROP INDEX "bulk_operation_created_at_idx";

-- DropIndex
DROP INDEX "hold_state_created_at_idx";

-- DropIndex
DROP INDEX "run_course_id_created_at_idx";

-- DropIndex
DROP INDEX "run_created_at_idx";

-- DropIndex
DROP INDEX "run_registration_id_created_at_idx";

-- DropIndex
DROP INDEX "run_state_created_at_idx";

-- AlterTable
ALTER TABLE "bulk_operation" DROP COLUMN "cursor",
ADD COLUMN     "position" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "untouched" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "bulk_target" (
    "operation_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "object_id" UUID NOT NULL,

    CONSTRAINT "bulk_target_pkey" PRIMARY KEY ("operation_id","position")
);

-- CreateIndex
CREATE INDEX "audit_entry_object_object_id_id_idx" ON "audit_entry"("object", "object_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_object_id_idx" ON "audit_entry"("object", "id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_idx" ON "audit_entry"("actor", "id");

-- CreateIndex
CREATE INDEX "audit_entry_source_id_idx" ON "audit_entry"("source", "id");

-- CreateIndex
CREATE INDEX "bulk_operation_created_at_id_idx" ON "bulk_operation"("created_at", "id");

-- CreateIndex
CREATE INDEX "hold_created_at_id_idx" ON "hold"("created_at", "id");

-- CreateIndex
CREATE INDEX "hold_state_created_at_id_idx" ON "hold"("state", "created_at", "id");

-- CreateIndex
CREATE INDEX "hold_registration_id_state_created_at_id_idx" ON "hold"("registration_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_created_at_id_idx" ON "run"("created_at", "id");

-- CreateIndex
CREATE INDEX "run_state_created_at_id_idx" ON "run"("state", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_kind_created_at_id_idx" ON "run"("kind", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_kind_state_created_at_id_idx" ON "run"("kind", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_registration_id_created_at_id_idx" ON "run"("registration_id", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_registration_id_state_created_at_id_idx" ON "run"("registration_id", "state", "created_at", "id");

-- CreateIndex
CREATE INDEX "run_course_id_created_at_id_idx" ON "run"("course_id", "created_at", "id");

-- AddForeignKey
ALTER TABLE "bulk_target" ADD CONSTRAINT "bulk_target_operation_id_fkey" FOREIGN KEY ("operation_id") REFERENCES "bulk_operation"("id") ON DELETE CASCADE ON UPDATE CASCADE;
