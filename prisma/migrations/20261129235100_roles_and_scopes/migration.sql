-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "expires_at" TIMESTAMPTZ(3),
ADD COLUMN     "from_environment" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "last_used_address" TEXT,
ADD COLUMN     "parent_id" UUID,
ADD COLUMN     "registration_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "replaces_id" UUID,
ADD COLUMN     "scopes" TEXT[];

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "registration_ids" UUID[] DEFAULT ARRAY[]::UUID[],
ADD COLUMN     "role" TEXT NOT NULL DEFAULT 'viewer',
ADD COLUMN     "sees_names" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "api_key_parent_id_idx" ON "api_key"("parent_id");

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "api_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Until now everybody who could sign in, and every key, could do everything: that goes on.
UPDATE "user" SET "role" = 'admin', "sees_names" = true;
UPDATE "api_key" SET "scopes" = ARRAY['admin', 'read:names'],
  "from_environment" = ("name" = 'environment' AND "created_by" = 'Rollbook');

ALTER TABLE "user" ADD CONSTRAINT "user_role_known" CHECK ("role" IN ('viewer', 'operator', 'admin'));
