-- AlterTable
ALTER TABLE "run" ADD COLUMN     "lease_until" TIMESTAMPTZ(3);
