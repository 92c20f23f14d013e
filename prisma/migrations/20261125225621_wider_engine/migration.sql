-- CreateEnum
CREATE TYPE "registration_state" AS ENUM ('pending', 'active', 'declined');

-- CreateEnum
CREATE TYPE "deployment_state" AS ENUM ('pending', 'approved', 'declined');

-- CreateEnum
CREATE TYPE "send_policy" AS ENUM ('on_request', 'as_they_come');

-- CreateEnum
CREATE TYPE "conflict_policy" AS ENUM ('overwrite', 'skip', 'ask');

-- CreateEnum
CREATE TYPE "roster_change_kind" AS ENUM ('added', 'changed', 'removed', 'restored');

-- CreateEnum
CREATE TYPE "roster_change_state" AS ENUM ('previewed', 'applied', 'held', 'discarded');

-- CreateEnum
CREATE TYPE "hold_state" AS ENUM ('open', 'approved', 'discarded', 'superseded');

-- AlterEnum
ALTER TYPE "outcome_kind" ADD VALUE 'skipped';

-- AlterEnum
ALTER TYPE "part_state" ADD VALUE 'held';

-- AlterEnum
ALTER TYPE "score_state" ADD VALUE 'conflict';

-- AlterTable
ALTER TABLE "course" ADD COLUMN     "conflict_policy" "conflict_policy" NOT NULL DEFAULT 'overwrite',
ADD COLUMN     "drops_allowed_until" TIMESTAMPTZ(3),
ADD COLUMN     "last_launch_at" TIMESTAMPTZ(3),
ADD COLUMN     "notice_service_url" TEXT,
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_by" TEXT,
ADD COLUMN     "send_policy" "send_policy" NOT NULL DEFAULT 'on_request',
ADD COLUMN     "send_unchanged" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "last_launch_at" TIMESTAMPTZ(3),
ADD COLUMN     "state" "deployment_state" NOT NULL DEFAULT 'approved';

-- AlterTable
ALTER TABLE "registration" ADD COLUMN     "assertion_typ" TEXT NOT NULL DEFAULT 'JWT',
ADD COLUMN     "last_launch_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_at" TIMESTAMPTZ(3),
ADD COLUMN     "paused_by" TEXT,
ADD COLUMN     "platform_facts" JSONB,
ADD COLUMN     "registered_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "state" "registration_state" NOT NULL DEFAULT 'active';

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "applies_id" UUID,
ADD COLUMN     "is_preview" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pause_requested_at" TIMESTAMPTZ(3),
ADD COLUMN     "schedule_id" UUID;

-- AlterTable
ALTER TABLE "score" ADD COLUMN     "platform_score" DOUBLE PRECISION,
ADD COLUMN     "sent_score_given" DOUBLE PRECISION,
ADD COLUMN     "sent_score_maximum" DOUBLE PRECISION;

-- CreateTable
CREATE TABLE "roster_change" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "roster_change_kind" NOT NULL,
    "state" "roster_change_state" NOT NULL DEFAULT 'applied',
    "fields" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "roster_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hold" (
    "id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'open',
    "rule" TEXT NOT NULL,
    "removals" INTEGER NOT NULL,
    "members_before" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" TEXT,

    CONSTRAINT "hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "course_change" (
    "id" BIGSERIAL NOT NULL,
    "course_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "course_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform_flow" (
    "registration_id" UUID NOT NULL,
    "not_before" TIMESTAMPTZ(3),
    "reason" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "circuit_opened_at" TIMESTAMPTZ(3),
    "rate_limit_remaining" DOUBLE PRECISION,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "platform_flow_pkey" PRIMARY KEY ("registration_id")
);

-- CreateTable
CREATE TABLE "flow_grant" (
    "run_id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "slots" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "flow_grant_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "schedule" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "course_id" UUID,
    "kind" "run_kind" NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "jitter_seconds" INTEGER NOT NULL DEFAULT 0,
    "blackouts" JSONB NOT NULL DEFAULT '[]',
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "last_fired_at" TIMESTAMPTZ(3),
    "last_run_id" UUID,
    "last_skip_reason" TEXT,

    CONSTRAINT "schedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "bulk_operation" (
    "id" UUID NOT NULL,
    "action" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'running',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "cursor" TEXT,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "started_by" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "bulk_operation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "launch" (
    "state_hash" TEXT NOT NULL,
    "nonce_hash" TEXT NOT NULL,
    "registration_id" UUID NOT NULL,
    "target_link_uri" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "launch_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "launch_session" (
    "token_hash" TEXT NOT NULL,
    "course_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "launch_session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "registration_invitation" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "profile" TEXT NOT NULL DEFAULT 'other',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "opened_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "problem" JSONB,
    "registration_id" UUID,

    CONSTRAINT "registration_invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration_draft" (
    "id" UUID NOT NULL,
    "operator_id" TEXT NOT NULL,
    "profile" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "values" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "jwks_fetch" (
    "id" UUID NOT NULL,
    "address" TEXT NOT NULL,
    "user_agent" TEXT NOT NULL,
    "kids" TEXT[],
    "fetches" INTEGER NOT NULL DEFAULT 1,
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "jwks_fetch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "jti" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handled_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "roster_change_run_id_course_id_id_idx" ON "roster_change"("run_id", "course_id", "id");

-- CreateIndex
CREATE INDEX "roster_change_course_id_id_idx" ON "roster_change"("course_id", "id");

-- CreateIndex
CREATE INDEX "hold_state_created_at_idx" ON "hold"("state", "created_at");

-- CreateIndex
CREATE INDEX "hold_course_id_state_idx" ON "hold"("course_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "hold_run_id_course_id_key" ON "hold"("run_id", "course_id");

-- CreateIndex
CREATE INDEX "course_change_course_id_id_idx" ON "course_change"("course_id", "id");

-- CreateIndex
CREATE INDEX "flow_grant_registration_id_since_idx" ON "flow_grant"("registration_id", "since");

-- CreateIndex
CREATE INDEX "schedule_registration_id_idx" ON "schedule"("registration_id");

-- CreateIndex
CREATE INDEX "bulk_operation_created_at_idx" ON "bulk_operation"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "launch_nonce_hash_key" ON "launch"("nonce_hash");

-- CreateIndex
CREATE INDEX "launch_expires_at_idx" ON "launch"("expires_at");

-- CreateIndex
CREATE INDEX "launch_session_expires_at_idx" ON "launch_session"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "registration_invitation_token_hash_key" ON "registration_invitation"("token_hash");

-- CreateIndex
CREATE INDEX "registration_invitation_created_at_idx" ON "registration_invitation"("created_at");

-- CreateIndex
CREATE INDEX "registration_draft_operator_id_idx" ON "registration_draft"("operator_id");

-- CreateIndex
CREATE INDEX "jwks_fetch_last_at_idx" ON "jwks_fetch"("last_at");

-- CreateIndex
CREATE UNIQUE INDEX "jwks_fetch_address_user_agent_key" ON "jwks_fetch"("address", "user_agent");

-- CreateIndex
CREATE UNIQUE INDEX "notice_registration_id_jti_key" ON "notice"("registration_id", "jti");

-- AddForeignKey
ALTER TABLE "roster_change" ADD CONSTRAINT "roster_change_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "roster_change" ADD CONSTRAINT "roster_change_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course_change" ADD CONSTRAINT "course_change_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "platform_flow" ADD CONSTRAINT "platform_flow_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_grant" ADD CONSTRAINT "flow_grant_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "flow_grant" ADD CONSTRAINT "flow_grant_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "schedule" ADD CONSTRAINT "schedule_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch" ADD CONSTRAINT "launch_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "launch_session" ADD CONSTRAINT "launch_session_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration_invitation" ADD CONSTRAINT "registration_invitation_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;
