-- What the last launch of a person said of their roles: Moodle lists a non-editing teacher as a
-- learner, and launches them as an instructor.
ALTER TABLE "membership" ADD COLUMN "launch_roles" TEXT[] DEFAULT ARRAY[]::TEXT[];
