-- CreateTable
CREATE TABLE "roster_walk" (
    "course_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "lease" INTEGER NOT NULL,

    CONSTRAINT "roster_walk_pkey" PRIMARY KEY ("course_id")
);

-- CreateIndex
CREATE INDEX "roster_walk_run_id_idx" ON "roster_walk"("run_id");

-- AddForeignKey
ALTER TABLE "roster_walk" ADD CONSTRAINT "roster_walk_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_walk" ADD CONSTRAINT "roster_walk_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;
