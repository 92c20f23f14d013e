-- DropIndex
DROP INDEX "score_line_item_id_state_idx";

-- AlterTable
ALTER TABLE "flow_grant" ADD COLUMN     "wanted" INTEGER NOT NULL;

-- CreateIndex
CREATE INDEX "score_line_item_id_state_timestamp_id_idx" ON "score"("line_item_id", "state", "timestamp", "id");
