-- CreateEnum
CREATE TYPE "not_fully_graded_policy" AS ENUM ('refuse', 'send');

-- AlterTable
ALTER TABLE "course" ADD COLUMN     "not_fully_graded" "not_fully_graded_policy" NOT NULL DEFAULT 'refuse';
