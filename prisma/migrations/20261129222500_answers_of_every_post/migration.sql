-- AlterTable
ALTER TABLE "idempotency_key" ADD COLUMN     "location" TEXT,
ADD COLUMN     "status" INTEGER,
ALTER COLUMN "response" DROP NOT NULL;
