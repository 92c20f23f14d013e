import { z } from "zod";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { ADDRESSES, addressColumns, offers } from "./addresses.ts";
import { conflictPolicy, notFullyGraded, sendPolicy } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { LEFT_ALONE } from "../scores/decisions/left-alone.ts";
import {
  SYNC_BLOCK_COLUMNS,
  SYNC_BLOCK_OF_COURSE,
  syncBlockColumns,
} from "../system/sync-block.ts";
import { array, bool, int4, jsonb, oneOf, text, timestamptz, uuid } from "../rows/types.ts";
import {
  ACTIVE_RUN_OF_EACH,
  COURSE_HEALTH,
  HEALTH_OF_REASON,
  HEALTH_REASONS,
  HEALTHS,
} from "./health.ts";

const SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score";

const courseRow = row({
  id: uuid,
  registrationId: uuid,
  contextId: text,
  title: text,
  label: text,
  ...addressColumns,
  scopes: array(text),
  differencesUrl: text.nullable,
  dropsAllowedUntil: timestamptz.nullable,
  rosterSyncedAt: timestamptz.nullable,
  rosterMemberCount: int4.nullable,
  sendPolicy: sendPolicy,
  conflictPolicy: conflictPolicy,
  notFullyGraded: notFullyGraded,
  sendUnchanged: bool,
  verifyAfterSend: bool.nullable,
  proofTotal: int4,
  proofSame: int4,
  proofOpen: int4,
  proofForeign: int4,
  provedAt: timestamptz.nullable,
  pausedAt: timestamptz.nullable,
  pausedBy: text.nullable,
  archivedAt: timestamptz.nullable,
  createdAt: timestamptz,
  updatedAt: timestamptz,
  registrationName: text,
  platform: text,
  /** The platform's ID of the deployment. */
  deploymentId: text,
  offersGrades: bool,
  pending: int4,
  sending: int4,
  sent: int4,
  skipped: int4,
  rejected: int4,
  conflict: int4,
  health: oneOf(HEALTHS),
  healthReason: oneOf(HEALTH_REASONS).nullable,
  rosterErrorCode: text.nullable,
  rosterErrorMessage: text.nullable,
  rosterErrorDetail: jsonb(z.record(z.string(), z.unknown())).nullable,
  gradesErrorMessage: text.nullable,
  gradesFailed: int4.nullable,
  waitReason: text.nullable,
  activeRunId: uuid.nullable,
  sendingRunId: uuid.nullable,
  ...syncBlockColumns,
});

export type CourseRow = RowOf<typeof courseRow>;

// A course without announced scopes may have been entered by hand: then the platform decides.
export const OFFERS_GRADES = Prisma.sql`(
  ${offers("grades")}
  AND (c.scopes = '{}' OR ${SCORE_SCOPE} = ANY (c.scopes)))`;

/**
 * The run that sends what waits, and what is added meanwhile. One that is being cancelled leaves
 * the rest, so that another may be started.
 */
const SENDING_RUN = Prisma.sql`
  LEFT JOIN LATERAL (
    SELECT run.id FROM run
     WHERE run.state IN ('queued', 'running', 'paused') AND run.course_id = c.id
       AND run.kind = 'grade_sync' AND run.cancel_requested_at IS NULL
     ORDER BY run.created_at DESC LIMIT 1
  ) sending ON true`;

/** Courses by their IDs, in no order that matters. */
export async function courseRows(db: Db, ids: string[]): Promise<CourseRow[]> {
  if (ids.length === 0) return [];
  return db.rows(
    courseRow,
    Prisma.sql`
    SELECT c.id, c.registration_id AS "registrationId", registration.name AS "registrationName",
           registration.profile AS platform,
           deployment.deployment_id AS "deploymentId", c.context_id AS "contextId", c.title,
           c.label, ${ADDRESSES}, c.scopes, c.differences_url AS "differencesUrl",
           CASE WHEN c.drops_allowed_until > now() THEN c.drops_allowed_until END
             AS "dropsAllowedUntil",
           c.roster_synced_at AS "rosterSyncedAt", c.roster_member_count AS "rosterMemberCount",
           c.send_policy AS "sendPolicy", c.conflict_policy AS "conflictPolicy",
           c.not_fully_graded AS "notFullyGraded",
           c.send_unchanged AS "sendUnchanged", c.verify_after_send AS "verifyAfterSend",
           proof.total AS "proofTotal", proof.same AS "proofSame", proof.open AS "proofOpen",
           proof.not_ours AS "proofForeign", c.proved_at AS "provedAt", c.paused_at AS "pausedAt",
           c.paused_by AS "pausedBy",
           c.archived_at AS "archivedAt", c.created_at AS "createdAt",
           c.updated_at AS "updatedAt", ${OFFERS_GRADES} AS "offersGrades", scores.*,
           ${HEALTH_OF_REASON} AS health, health.reason AS "healthReason",
           c.roster_error_code AS "rosterErrorCode", c.roster_error_message AS "rosterErrorMessage",
           c.roster_error_detail AS "rosterErrorDetail",
           c.grades_error_message AS "gradesErrorMessage", c.grades_failed AS "gradesFailed",
           active.wait_reason AS "waitReason", active.id AS "activeRunId",
           sending.id AS "sendingRunId", ${SYNC_BLOCK_COLUMNS}
      FROM course c
      JOIN registration ON registration.id = c.registration_id
      JOIN deployment ON deployment.id = c.deployment_id
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE s.state = 'pending')::int AS pending,
               count(*) FILTER (WHERE s.state = 'sending')::int AS sending,
               count(*) FILTER (WHERE s.state = 'sent' AND NOT ${LEFT_ALONE})::int AS sent,
               count(*) FILTER (WHERE ${LEFT_ALONE})::int AS skipped,
               count(*) FILTER (WHERE s.state = 'rejected')::int AS rejected,
               count(*) FILTER (WHERE s.state = 'conflict')::int AS conflict
          FROM line_item JOIN score s ON s.line_item_id = line_item.id
         WHERE line_item.course_id = c.id
      ) scores
      ${ACTIVE_RUN_OF_EACH} ${COURSE_HEALTH} ${SENDING_RUN} ${SYNC_BLOCK_OF_COURSE}
     WHERE c.id = ANY (${ids}::uuid[])
     ORDER BY c.title, c.id`,
  );
}
