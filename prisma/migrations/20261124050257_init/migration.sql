-- CreateEnum
CREATE TYPE "assertion_audience" AS ENUM ('token_endpoint', 'issuer', 'custom');

-- CreateEnum
CREATE TYPE "membership_status" AS ENUM ('active', 'inactive', 'deleted');

-- CreateEnum
CREATE TYPE "score_state" AS ENUM ('pending', 'sending', 'sent', 'rejected');

-- CreateEnum
CREATE TYPE "outcome_kind" AS ENUM ('sent', 'rejected', 'unknown', 'confirmed');

-- CreateEnum
CREATE TYPE "run_kind" AS ENUM ('roster_sync', 'grade_sync');

-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'running', 'paused', 'held', 'succeeded', 'partly_succeeded', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "run_trigger" AS ENUM ('operator', 'api', 'schedule');

-- CreateEnum
CREATE TYPE "token_case" AS ENUM ('single_call', 'long_job', 'many_courses', 'shared_cache');

-- CreateEnum
CREATE TYPE "part_state" AS ENUM ('pending', 'running', 'succeeded', 'failed', 'skipped');

-- CreateTable
CREATE TABLE "registration" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "token_endpoint" TEXT NOT NULL,
    "authorization_endpoint" TEXT NOT NULL,
    "jwks_url" TEXT NOT NULL,
    "audience" "assertion_audience" NOT NULL DEFAULT 'token_endpoint',
    "audience_values" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "profile" TEXT NOT NULL DEFAULT 'other',
    "profile_overrides" JSONB NOT NULL DEFAULT '{}',
    "is_demo" BOOLEAN NOT NULL DEFAULT false,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "deployment_id" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "signing_key" (
    "kid" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "sealed_private_jwk" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("kid")
);

-- CreateTable
CREATE TABLE "course" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "deployment_id" UUID NOT NULL,
    "context_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "memberships_url" TEXT,
    "line_items_url" TEXT,
    "line_item_url" TEXT,
    "scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "differences_url" TEXT,
    "roster_synced_at" TIMESTAMPTZ(3),
    "roster_member_count" INTEGER,
    "archived_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "course_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "membership" (
    "course_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "roles" TEXT[],
    "status" "membership_status" NOT NULL DEFAULT 'active',
    "name" TEXT,
    "given_name" TEXT,
    "middle_name" TEXT,
    "family_name" TEXT,
    "email" TEXT,
    "picture" TEXT,
    "lis_person_sourcedid" TEXT,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "membership_pkey" PRIMARY KEY ("course_id","user_id")
);

-- CreateTable
CREATE TABLE "line_item" (
    "id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "score_maximum" DOUBLE PRECISION NOT NULL,
    "resource_id" TEXT,
    "tag" TEXT,
    "resource_link_id" TEXT,
    "start_at" TIMESTAMPTZ(3),
    "end_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "line_item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score" (
    "id" UUID NOT NULL,
    "line_item_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "score_given" DOUBLE PRECISION,
    "score_maximum" DOUBLE PRECISION,
    "activity_progress" TEXT NOT NULL,
    "grading_progress" TEXT NOT NULL,
    "comment" TEXT,
    "scoring_user_id" TEXT,
    "submission" JSONB,
    "extensions" JSONB,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,
    "state" "score_state" NOT NULL DEFAULT 'pending',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "run_id" UUID,
    "http_status" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "score_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "score_outcome" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "score_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "batch" INTEGER NOT NULL,
    "kind" "outcome_kind" NOT NULL,
    "score_given" DOUBLE PRECISION,
    "timestamp" TIMESTAMPTZ(3) NOT NULL,
    "http_status" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "score_outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "access_token" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "sealed_token" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "requested_scopes" TEXT[],
    "granted_scopes" TEXT[],
    "refused_scopes" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "obtained_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "reuses" INTEGER NOT NULL DEFAULT 0,
    "evicted_at" TIMESTAMPTZ(3),
    "evicted_reason" TEXT,

    CONSTRAINT "access_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "token_use" (
    "access_token_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_use_pkey" PRIMARY KEY ("access_token_id","run_id")
);

-- CreateTable
CREATE TABLE "token_request" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" UUID NOT NULL,
    "run_id" UUID,
    "reason" TEXT NOT NULL,
    "requested_scopes" TEXT[],
    "granted_scopes" TEXT[],
    "expires_at" TIMESTAMPTZ(3),
    "http_status" INTEGER,
    "error_code" TEXT,
    "error_message" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "token_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "kind" "run_kind" NOT NULL,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "registration_id" UUID NOT NULL,
    "course_id" UUID,
    "trigger" "run_trigger" NOT NULL,
    "started_by" TEXT NOT NULL,
    "retry_of_id" UUID,
    "not_before" TIMESTAMPTZ(3),
    "wait_reason" TEXT,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "lease" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "phase" TEXT,
    "total" INTEGER,
    "done" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "members_seen" INTEGER NOT NULL DEFAULT 0,
    "members_added" INTEGER NOT NULL DEFAULT 0,
    "members_changed" INTEGER NOT NULL DEFAULT 0,
    "members_removed" INTEGER NOT NULL DEFAULT 0,
    "error_code" TEXT,
    "error_message" TEXT,
    "error_detail" JSONB,
    "token_case" "token_case",
    "tokens_requested" INTEGER NOT NULL DEFAULT 0,
    "tokens_reused" INTEGER NOT NULL DEFAULT 0,
    "tokens_refreshed" INTEGER NOT NULL DEFAULT 0,
    "endpoint_swaps" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_course" (
    "run_id" UUID NOT NULL,
    "course_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "part_state" NOT NULL DEFAULT 'pending',
    "pages" INTEGER NOT NULL DEFAULT 0,
    "members_seen" INTEGER NOT NULL DEFAULT 0,
    "members_added" INTEGER NOT NULL DEFAULT 0,
    "members_changed" INTEGER NOT NULL DEFAULT 0,
    "members_removed" INTEGER NOT NULL DEFAULT 0,
    "quarantined" JSONB NOT NULL DEFAULT '[]',
    "error_code" TEXT,
    "error_message" TEXT,
    "error_detail" JSONB,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_course_pkey" PRIMARY KEY ("run_id","course_id")
);

-- CreateTable
CREATE TABLE "run_batch" (
    "run_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "state" "part_state" NOT NULL DEFAULT 'running',
    "size" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "unknown" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_batch_pkey" PRIMARY KEY ("run_id","position")
);

-- CreateTable
CREATE TABLE "run_event" (
    "id" BIGSERIAL NOT NULL,
    "run_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "level" TEXT NOT NULL DEFAULT 'info',
    "kind" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" JSONB,

    CONSTRAINT "run_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "connection_test" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "started_by" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "verdict" TEXT,
    "steps" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "connection_test_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "idempotency_key" (
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "response" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "idempotency_key_pkey" PRIMARY KEY ("actor","key")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "object_id" TEXT,
    "detail" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "setting" (
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" UUID NOT NULL,
    "host" TEXT NOT NULL,
    "pid" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "registration_issuer_client_id_key" ON "registration"("issuer", "client_id");

-- CreateIndex
CREATE UNIQUE INDEX "deployment_registration_id_deployment_id_key" ON "deployment"("registration_id", "deployment_id");

-- CreateIndex
CREATE INDEX "course_registration_id_archived_at_idx" ON "course"("registration_id", "archived_at");

-- CreateIndex
CREATE UNIQUE INDEX "course_deployment_id_context_id_key" ON "course"("deployment_id", "context_id");

-- CreateIndex
CREATE UNIQUE INDEX "line_item_course_id_url_key" ON "line_item"("course_id", "url");

-- CreateIndex
CREATE INDEX "score_line_item_id_state_idx" ON "score"("line_item_id", "state");

-- CreateIndex
CREATE INDEX "score_run_id_state_idx" ON "score"("run_id", "state");

-- CreateIndex
CREATE UNIQUE INDEX "score_line_item_id_user_id_key" ON "score"("line_item_id", "user_id");

-- CreateIndex
CREATE INDEX "score_outcome_run_id_id_idx" ON "score_outcome"("run_id", "id");

-- CreateIndex
CREATE INDEX "score_outcome_score_id_idx" ON "score_outcome"("score_id");

-- CreateIndex
CREATE INDEX "access_token_registration_id_evicted_at_expires_at_idx" ON "access_token"("registration_id", "evicted_at", "expires_at");

-- CreateIndex
CREATE INDEX "token_use_run_id_idx" ON "token_use"("run_id");

-- CreateIndex
CREATE INDEX "token_request_registration_id_id_idx" ON "token_request"("registration_id", "id");

-- CreateIndex
CREATE INDEX "run_state_created_at_idx" ON "run"("state", "created_at");

-- CreateIndex
CREATE INDEX "run_registration_id_created_at_idx" ON "run"("registration_id", "created_at");

-- CreateIndex
CREATE INDEX "run_course_id_created_at_idx" ON "run"("course_id", "created_at");

-- CreateIndex
CREATE INDEX "run_created_at_idx" ON "run"("created_at");

-- CreateIndex
CREATE INDEX "run_event_run_id_id_idx" ON "run_event"("run_id", "id");

-- CreateIndex
CREATE INDEX "connection_test_registration_id_started_at_idx" ON "connection_test"("registration_id", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE INDEX "idempotency_key_created_at_idx" ON "idempotency_key"("created_at");

-- CreateIndex
CREATE INDEX "audit_entry_object_object_id_idx" ON "audit_entry"("object", "object_id");

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course" ADD CONSTRAINT "course_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "course" ADD CONSTRAINT "course_deployment_id_fkey" FOREIGN KEY ("deployment_id") REFERENCES "deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "membership" ADD CONSTRAINT "membership_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "line_item" ADD CONSTRAINT "line_item_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score" ADD CONSTRAINT "score_line_item_id_fkey" FOREIGN KEY ("line_item_id") REFERENCES "line_item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_outcome" ADD CONSTRAINT "score_outcome_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "score_outcome" ADD CONSTRAINT "score_outcome_score_id_fkey" FOREIGN KEY ("score_id") REFERENCES "score"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_token" ADD CONSTRAINT "access_token_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_use" ADD CONSTRAINT "token_use_access_token_id_fkey" FOREIGN KEY ("access_token_id") REFERENCES "access_token"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_use" ADD CONSTRAINT "token_use_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "token_request" ADD CONSTRAINT "token_request_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_retry_of_id_fkey" FOREIGN KEY ("retry_of_id") REFERENCES "run"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_course" ADD CONSTRAINT "run_course_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_course" ADD CONSTRAINT "run_course_course_id_fkey" FOREIGN KEY ("course_id") REFERENCES "course"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_batch" ADD CONSTRAINT "run_batch_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_event" ADD CONSTRAINT "run_event_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection_test" ADD CONSTRAINT "connection_test_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
