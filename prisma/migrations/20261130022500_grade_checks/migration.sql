-- What people in the LMS see of grades, and when they asked for them to be checked again.
ALTER TABLE "launch_session" ADD COLUMN "sees_names" BOOLEAN NOT NULL DEFAULT false;

CREATE TABLE "grade_check" (
    "course_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "grade_check_pkey" PRIMARY KEY ("course_id","user_id")
);

ALTER TABLE "grade_check" ADD CONSTRAINT "grade_check_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;
