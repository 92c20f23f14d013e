import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { offers } from "../courses/addresses.ts";
import { andWithin, type Within } from "../lists/paging.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, oneOf, text, timestamptz, uuid } from "../rows/types.ts";

const groupRow = row({
  registrationId: uuid,
  registrationName: text,
  count: int4,
  courses: int4,
  /** One of the courses; the only one where `courses` is 1. */
  courseId: uuid,
  courseTitle: text,
  since: timestamptz,
});

/** What waits for a person in one registration, of one sort: counted, not listed one by one. */
export type WaitingGroup = RowOf<typeof groupRow>;

/** So many groups of one sort are read; a sort that has more is told to have more. */
export const MOST_GROUPS = 20;

const OWN = Prisma.sql`r.id`;

const openHoldsRow = row({ ...groupRow.columns, removals: int4, holdId: uuid });

export type OpenHolds = RowOf<typeof openHoldsRow>;

/** Removals that wait for a decision, for each registration. */
export async function openHolds(db: Db, within: Within): Promise<OpenHolds[]> {
  const rows = await db.rows(
    openHoldsRow,
    Prisma.sql`
     SELECT r.id AS "registrationId", r.name AS "registrationName", count(*)::int AS count,
            sum(h.removals)::int AS removals, min(h.id::text)::uuid AS "holdId",
            count(DISTINCT c.id)::int AS courses, min(c.id::text)::uuid AS "courseId",
            min(c.title) AS "courseTitle", min(h.created_at) AS since
       FROM hold h
       JOIN course c ON c.id = h.course_id AND c.archived_at IS NULL
       JOIN registration r ON r.id = h.registration_id AND r.archived_at IS NULL
      WHERE h.state = 'open' ${andWithin(OWN, within)}
      GROUP BY r.id, r.name ORDER BY removals DESC LIMIT ${MOST_GROUPS}`,
  );
  return rows;
}

const unwellScoresRow = row({
  ...groupRow.columns,
  code: text,
  message: text,
  runId: uuid.nullable,
});

export type UnwellScores = RowOf<typeof unwellScoresRow>;

/** Scores that the platform turned down, for each registration and reason. */
export async function rejectedScores(db: Db, within: Within): Promise<UnwellScores[]> {
  const rows = await db.rows(
    unwellScoresRow,
    Prisma.sql`
     SELECT r.id AS "registrationId", r.name AS "registrationName", count(*)::int AS count,
            count(DISTINCT c.id)::int AS courses, min(c.id::text)::uuid AS "courseId",
            min(c.title) AS "courseTitle", min(s.updated_at) AS since,
            coalesce(s.error_code, 'unexpected') AS code,
            coalesce(min(s.error_message), '') AS message,
            -- The run that can be retried, where all of them are of one.
            CASE WHEN count(DISTINCT s.run_id) = 1 THEN min(s.run_id::text)::uuid END
              AS "runId"
       FROM score s
       JOIN line_item li ON li.id = s.line_item_id
       JOIN course c ON c.id = li.course_id AND c.archived_at IS NULL
       JOIN registration r ON r.id = c.registration_id AND r.archived_at IS NULL
      WHERE s.state = 'rejected' ${andWithin(OWN, within)}
      GROUP BY r.id, r.name, 8 ORDER BY count DESC LIMIT ${MOST_GROUPS}`,
  );
  return rows;
}

/**
 * Scores that the last verification did not find as they were sent, for each registration; the
 * course is the one with most of them.
 */
export async function openDifferences(db: Db, within: Within): Promise<WaitingGroup[]> {
  const rows = await db.rows(
    groupRow,
    Prisma.sql`
     SELECT r.id AS "registrationId", r.name AS "registrationName",
            sum(proof.open)::int AS count, count(*)::int AS courses,
            (array_agg(c.id ORDER BY proof.open DESC, c.id))[1] AS "courseId",
            (array_agg(c.title ORDER BY proof.open DESC, c.id))[1] AS "courseTitle",
            min(c.proved_at) AS since
       FROM (SELECT course_id, sum(open) AS open FROM proof_count
              GROUP BY course_id HAVING sum(open) > 0) proof
       JOIN course c ON c.id = proof.course_id AND c.archived_at IS NULL
       JOIN registration r ON r.id = c.registration_id AND r.archived_at IS NULL
        ${andWithin(OWN, within)}
      GROUP BY r.id, r.name ORDER BY count DESC LIMIT ${MOST_GROUPS}`,
  );
  return rows;
}

/** Courses whose roster nobody has read for so many days, for each registration. */
export async function staleRosters(db: Db, days: number, within: Within): Promise<WaitingGroup[]> {
  const rows = await db.rows(
    groupRow,
    Prisma.sql`
     SELECT r.id AS "registrationId", r.name AS "registrationName", count(*)::int AS count,
            count(*)::int AS courses, min(c.id::text)::uuid AS "courseId",
            min(c.title) AS "courseTitle",
            min(coalesce(c.roster_synced_at, c.created_at)) AS since
       FROM course c
       JOIN registration r ON r.id = c.registration_id
        AND r.archived_at IS NULL AND r.state = 'active' AND r.paused_at IS NULL
      WHERE c.archived_at IS NULL AND c.paused_at IS NULL AND ${offers("memberships")}
        AND coalesce(c.roster_synced_at, c.created_at) < now() - make_interval(days => ${days}::int)
        -- Told by its failure or its hold already.
        AND c.roster_state IS DISTINCT FROM 'failed' AND c.roster_state IS DISTINCT FROM 'held'
        ${andWithin(OWN, within)}
      GROUP BY r.id, r.name ORDER BY count DESC LIMIT ${MOST_GROUPS}`,
  );
  return rows;
}

const pendingRow = row({
  kind: oneOf(["registration", "deployment", "origin"]),
  id: uuid,
  registrationId: uuid,
  registrationName: text,
  label: text,
  since: timestamptz,
});

export type Pending = RowOf<typeof pendingRow>;

/** What nobody has approved: registrations, and deployments and service origins of approved ones. */
export async function pendingApprovals(db: Db, within: Within): Promise<Pending[]> {
  const rows = await db.rows(
    pendingRow,
    Prisma.sql`
     SELECT 'registration' AS kind, id, id AS "registrationId", name AS "registrationName",
            issuer AS label, created_at AS since
       FROM registration r
      WHERE state = 'pending' AND archived_at IS NULL ${andWithin(OWN, within)}
     UNION ALL
     SELECT 'deployment', d.id, r.id, r.name, coalesce(nullif(d.label, ''), d.deployment_id),
            d.created_at
       FROM deployment d
       JOIN registration r ON r.id = d.registration_id AND r.state = 'active'
        AND r.archived_at IS NULL
      WHERE d.state = 'pending' ${andWithin(OWN, within)}
     UNION ALL
     SELECT 'origin', o.id, r.id, r.name, o.origin, o.created_at
       FROM service_origin o
       JOIN registration r ON r.id = o.registration_id AND r.state = 'active'
        AND r.archived_at IS NULL
      WHERE o.state = 'pending' ${andWithin(OWN, within)}
      ORDER BY since LIMIT ${MOST_GROUPS}`,
  );
  return rows;
}
