-- CreateIndex
CREATE INDEX "access_token_registration_id_obtained_at_idx" ON "access_token"("registration_id", "obtained_at");

-- CreateIndex
CREATE INDEX "course_title_id_idx" ON "course"("title", "id");

-- CreateIndex
CREATE INDEX "run_course_course_id_run_id_idx" ON "run_course"("course_id", "run_id");
