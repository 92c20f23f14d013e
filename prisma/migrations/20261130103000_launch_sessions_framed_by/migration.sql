-- Pages that were launched before have to be opened again to be shown in a frame.
ALTER TABLE "launch_session" ADD COLUMN "framed_by" TEXT[] DEFAULT ARRAY[]::TEXT[];
