-- AlterTable
ALTER TABLE "course" ADD COLUMN     "differences_read" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "roster_walked_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "membership" ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3);
