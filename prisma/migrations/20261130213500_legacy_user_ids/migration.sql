-- A member's user ID under LTI 1.1, where the platform tells it.
ALTER TABLE "membership" ADD COLUMN "lti11_legacy_user_id" TEXT;
