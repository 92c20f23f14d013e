-- CreateEnum
CREATE TYPE "signs_with" AS ENUM ('own_key_set', 'tool_key_set', 'imported_key');

-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "signs_with" "signs_with" NOT NULL DEFAULT 'own_key_set',
ADD COLUMN     "tool_jwks_url" TEXT;

-- CreateTable
CREATE TABLE "imported_key" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "kid" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private_jwk" TEXT NOT NULL,
    "imported_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),

    CONSTRAINT "imported_key_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "imported_key_registration_id_kid_key" ON "imported_key"("registration_id", "kid");

-- AddForeignKey
ALTER TABLE "imported_key" ADD CONSTRAINT "imported_key_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
