import type { Db } from "#lib/db/client.ts";
import { eachColumn, type MemberColumn } from "../columns.ts";
import { row, type RowOf } from "#lib/db/rows/shape.ts";
import { bool, int4, text, timestamptz, uuid } from "#lib/db/rows/types.ts";

const countsRow = row({
  added: int4,
  changed: int4,
  removed: int4,
});

export type AppliedCounts = RowOf<typeof countsRow>;

const previewedRow = row({
  readAt: timestamptz,
  hasMoved: bool,
});

/** When a preview read a course's roster, and whether the stored one is another by now. */
export type PreviewedCourse = RowOf<typeof previewedRow>;

/** Locks the course, so that what the answer allows can be done in the same transaction. */
export async function lockPreviewedCourse(
  db: Db,
  preview: { previewId: string; courseId: string },
): Promise<PreviewedCourse | null> {
  const rows = await db.rows(
    previewedRow,
    `SELECT part.finished_at AS "readAt",
            EXISTS (SELECT FROM membership m
                     WHERE m.course_id = c.id AND m.changed_at >= part.started_at) AS "hasMoved"
       FROM course c
       JOIN run_course part ON part.course_id = c.id AND part.run_id = $1::uuid
      WHERE c.id = $2::uuid FOR UPDATE OF c`,
    [preview.previewId, preview.courseId],
  );
  return rows[0] ?? null;
}

/**
 * Writes a preview's open changes of one course, exactly. New members of a first roster are
 * counted only: the preview lists them.
 */
export async function applyPreviewedChanges(
  db: Db,
  { runId, previewId, courseId }: { runId: string; previewId: string; courseId: string },
): Promise<AppliedCounts> {
  const rows = await db.rows(countsRow, APPLY, [previewId, courseId, runId]);
  await db.execute(COPY, [previewId, courseId, runId]);
  return rows[0]!;
}

const OPEN = "run_id = $1::uuid AND course_id = $2::uuid AND state = 'previewed'";

const APPLY = `
  WITH open AS (SELECT user_id, kind, fields FROM roster_change WHERE ${OPEN}), added AS (
    INSERT INTO membership (course_id, user_id, ${eachColumn(({ column }) => column)})
    SELECT $2::uuid, user_id, ${eachColumn(newValue)}
      FROM open WHERE kind = 'added'
    RETURNING 1
  ), changed AS (
    UPDATE membership m SET
      ${eachColumn(
        (of) =>
          `${of.column} = CASE WHEN fields ? '${of.field}' THEN ${newValue(of)} ELSE ${of.column} END`,
      )},
      removed_at = NULL, last_seen_at = NULL, changed_at = now()
      FROM open
     WHERE m.course_id = $2::uuid AND m.user_id = open.user_id
       AND open.kind IN ('changed', 'restored')
    RETURNING open.kind
  ), removed AS (
    UPDATE membership m SET removed_at = now(), changed_at = now(),
           last_seen_at = coalesce(
             last_seen_at, (SELECT roster_synced_at FROM course WHERE id = $2::uuid))
      FROM open
     WHERE m.course_id = $2::uuid AND m.user_id = open.user_id AND open.kind = 'removed'
       AND m.removed_at IS NULL
    RETURNING 1
  )
  SELECT ((SELECT count(*) FROM added)
          + (SELECT count(*) FROM changed WHERE kind = 'restored'))::int AS added,
         (SELECT count(*) FROM changed WHERE kind = 'changed')::int AS changed,
         (SELECT count(*) FROM removed)::int AS removed
   WHERE $3::uuid IS NOT NULL`;

/** A column's value after the change; what a change does not name is null. */
function newValue({ field, is }: MemberColumn): string {
  if (is.type === "text[]")
    return `ARRAY(SELECT jsonb_array_elements_text(fields #> '{${field},to}'))`;
  return `(fields #>> '{${field},to}')::${is.type}`;
}

const COPY = `
  INSERT INTO roster_change (run_id, course_id, user_id, kind, fields)
  SELECT $3::uuid, course_id, user_id, kind, fields FROM roster_change
   WHERE ${OPEN}
     AND (kind <> 'added'
          OR EXISTS (SELECT FROM course c WHERE c.id = $2::uuid AND c.roster_synced_at IS NOT NULL))
   ORDER BY id`;

/** Takes changes out of a preview, so that applying it leaves them out. */
export async function discardPreviewed(
  db: Db,
  previewId: string,
  { onlyRemovals }: { onlyRemovals: boolean },
): Promise<void> {
  await db.execute(
    `UPDATE roster_change SET state = 'discarded'
      WHERE run_id = $1::uuid AND state = 'previewed' AND (NOT $2 OR kind = 'removed')`,
    [previewId, onlyRemovals],
  );
}

const movedRow = row({ courseId: uuid, title: text });

/** Courses of a preview whose roster changed since it was read. */
export async function movedCourses(
  db: Db,
  previewId: string,
): Promise<{ courseId: string; title: string }[]> {
  const rows = await db.rows(
    movedRow,
    `SELECT c.id AS "courseId", c.title FROM run_course part JOIN course c ON c.id = part.course_id
      WHERE part.run_id = $1::uuid AND part.state = 'succeeded'
        AND EXISTS (SELECT FROM membership m
                     WHERE m.course_id = c.id AND m.changed_at >= part.started_at)
      ORDER BY part.position`,
    [previewId],
  );
  return rows;
}
