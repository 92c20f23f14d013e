-- A login is known by its state alone; only states that were used are kept.
DELETE FROM "launch" WHERE "used_at" IS NULL;

DROP INDEX "launch_nonce_hash_key";

ALTER TABLE "launch" DROP COLUMN "nonce_hash",
DROP COLUMN "target_link_uri",
ALTER COLUMN "used_at" SET NOT NULL;
