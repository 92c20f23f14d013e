-- What can be changed of a line item, and who deleted one.
ALTER TABLE "line_item" ADD COLUMN "grades_released" BOOLEAN,
ADD COLUMN "deleted_by" TEXT;
