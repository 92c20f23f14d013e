-- AlterTable
ALTER TABLE "access_token" ADD COLUMN     "worked_at" TIMESTAMPTZ(3);
