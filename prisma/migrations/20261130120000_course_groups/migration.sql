-- Groups of a course, as the Course Groups Service tells them, and each member's.
ALTER TABLE "course" ADD COLUMN "groups_url" TEXT, ADD COLUMN "group_sets_url" TEXT;

ALTER TABLE "membership" ADD COLUMN "group_ids" TEXT;

CREATE TABLE "course_group" (
    "course_id" UUID NOT NULL,
    "group_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "tag" TEXT,
    "set_id" TEXT,
    "set_name" TEXT,

    CONSTRAINT "course_group_pkey" PRIMARY KEY ("course_id","group_id")
);

ALTER TABLE "course_group" ADD CONSTRAINT "course_group_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;
