-- CreateEnum
CREATE TYPE "service_origin_state" AS ENUM ('pending', 'approved', 'declined');

-- CreateTable
CREATE TABLE "service_origin" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "state" "service_origin_state" NOT NULL DEFAULT 'pending',
    "source" TEXT NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "service_origin_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "service_origin_registration_id_origin_key" ON "service_origin"("registration_id", "origin");

-- AddForeignKey
ALTER TABLE "service_origin" ADD CONSTRAINT "service_origin_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What works today goes on working: the addresses of each registration, those that launches named,
-- and those that its courses hold. The last are marked, for an admin to look at. The token
-- endpoint's own origin needs no row. An address that is not read here waits for approval.
WITH "address" AS (
    SELECT "id" AS "registration_id", 1 AS "rank", 'registration' AS "source",
           unnest(ARRAY["issuer", "authorization_endpoint", "jwks_url"]) AS "url"
      FROM "registration"
    UNION ALL
    SELECT "course"."registration_id", 2, 'launch', "field"."value" ->> 'to'
      FROM "course_change"
      JOIN "course" ON "course"."id" = "course_change"."course_id"
     CROSS JOIN LATERAL jsonb_each(
           CASE jsonb_typeof("course_change"."changes") WHEN 'object' THEN "course_change"."changes" END
         ) AS "field"("key", "value")
     WHERE "course_change"."source" IN ('launch', 'notice')
       AND "field"."key" IN ('membershipsUrl', 'lineItemsUrl', 'lineItemUrl', 'noticeServiceUrl')
    UNION ALL
    SELECT "registration_id", 3, 'upgrade',
           unnest(ARRAY["memberships_url", "line_items_url", "line_item_url", "notice_service_url"])
      FROM "course"
     WHERE "archived_at" IS NULL
), "named" AS (
    SELECT "address"."registration_id", "rank", "source",
           regexp_replace(
             regexp_replace(
               lower((regexp_match("url", '^(https?://[^/?#[:space:]]+)', 'i'))[1]),
               '//[^@]*@', '//'),
             '^(https(?=.*:443$)|http(?=.*:80$))(://.*):[0-9]+$', '\1\2') AS "origin",
           lower((regexp_match("token_endpoint", '^(https?://[^/?#[:space:]]+)', 'i'))[1]) AS "own"
      FROM "address"
      JOIN "registration" ON "registration"."id" = "address"."registration_id"
     WHERE "registration"."state" = 'active'
)
INSERT INTO "service_origin" ("id", "registration_id", "origin", "state", "source", "decided_at")
SELECT DISTINCT ON ("registration_id", "origin")
       gen_random_uuid(), "registration_id", "origin", 'approved', "source", CURRENT_TIMESTAMP
  FROM "named"
 WHERE "origin" IS NOT NULL AND "origin" IS DISTINCT FROM "own"
 ORDER BY "registration_id", "origin", "rank";

-- AlterEnum
ALTER TYPE "proof_cause" ADD VALUE 'origin_not_allowed' BEFORE 'not_listed';
