-- CreateIndex
CREATE INDEX "run_batch_finished_at_idx" ON "run_batch"("finished_at");

-- CreateIndex
CREATE INDEX "run_course_finished_at_idx" ON "run_course"("finished_at");

-- CreateIndex
CREATE INDEX "token_request_at_idx" ON "token_request"("at");
