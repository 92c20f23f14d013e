import { z } from "zod";
import type { Db } from "../client.ts";
import { runTrigger } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, jsonb, text, uuid } from "../rows/types.ts";

const sentRunRow = row({
  id: uuid,
  registrationId: uuid,
  courseId: uuid,
  trigger: runTrigger,
  startedBy: text,
  /** What the course says; null where its platform's profile decides. */
  verifies: bool.nullable,
  profile: text,
  profileOverrides: jsonb(z.unknown()),
});

export type SentRun = RowOf<typeof sentRunRow>;

/**
 * Grade syncs that came to their end a short while ago and that no verification has followed: all
 * of them, or this one.
 */
export async function unverifiedGradeSyncs(db: Db, runId?: string): Promise<SentRun[]> {
  const rows = await db.rows(
    sentRunRow,
    `SELECT run.id, run.registration_id AS "registrationId", run.course_id AS "courseId",
            run.trigger, run.started_by AS "startedBy",
            c.verify_after_send AS verifies, r.profile, r.profile_overrides AS "profileOverrides"
       FROM run JOIN course c ON c.id = run.course_id JOIN registration r ON r.id = c.registration_id
      WHERE run.kind = 'grade_sync' AND run.state IN ('succeeded', 'partly_succeeded')
        AND run.finished_at > now() - interval '10 minutes'
        AND ($1::uuid IS NULL OR run.id = $1) AND c.verify_after_send IS DISTINCT FROM false
        AND c.archived_at IS NULL
        AND NOT EXISTS (SELECT FROM run later WHERE later.kind = 'verify'
                           AND later.course_id = run.course_id
                           AND later.created_at >= run.finished_at)`,
    [runId ?? null],
  );
  return rows;
}
