-- What concerns the installation, such as an alert of its own, has no registration.
ALTER TABLE "feed_entry" ALTER COLUMN "registration_id" DROP NOT NULL;
