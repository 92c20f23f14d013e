import { z } from "zod";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { TokenCase } from "../generated/enums.ts";
import { runKind, runState, tokenCase } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, jsonb, text, timestamptz, uuid } from "../rows/types.ts";

const casesRow = row({ cases: jsonb(z.partialRecord(z.enum(TokenCase), z.int())) });

/** How many runs of the last 24 hours came by their token in which way. */
export async function tokenCases(
  db: Db,
  registrationId: string,
): Promise<Partial<Record<TokenCase, number>>> {
  const rows = await db.rows(
    casesRow,
    Prisma.sql`
    SELECT coalesce(jsonb_object_agg(token_case, count), '{}') AS cases
      FROM (SELECT token_case, count(*)::int AS count FROM run
             WHERE registration_id = ${registrationId}::uuid AND token_case IS NOT NULL
               AND created_at > now() - interval '24 hours'
             GROUP BY 1) counted`,
  );
  return rows[0]?.cases ?? {};
}

const sharingRunRow = row({
  tokenId: uuid,
  /** How many there are, beyond those that are read too. */
  count: int4,
  id: uuid,
  kind: runKind,
  state: runState,
  courseId: uuid.nullable,
  courseTitle: text.nullable,
  case: tokenCase.nullable,
  firstUsedAt: timestamptz,
  /** Until when it drew on it: its own end, or when it took another one. */
  usedUntil: timestamptz.nullable,
  process: text.nullable,
});

export type SharingRun = RowOf<typeof sharingRunRow>;

/** The runs that drew on each token, the latest first, so many at most for each. */
export async function sharingRuns(
  db: Db,
  tokenIds: readonly string[],
  most: number,
): Promise<SharingRun[]> {
  return db.rows(
    sharingRunRow,
    Prisma.sql`
    SELECT t.id AS "tokenId", used.*
      FROM unnest(${[...tokenIds]}::uuid[]) AS t (id)
      CROSS JOIN LATERAL (
        SELECT (count(*) OVER ())::int AS count, run.id, run.kind, run.state,
               run.course_id AS "courseId", c.title AS "courseTitle", run.token_case AS "case",
               u.first_used_at AS "firstUsedAt",
               least(run.finished_at, (
                 SELECT min(next.first_used_at) FROM token_use next
                  WHERE next.run_id = run.id AND next.first_used_at > u.first_used_at))
                 AS "usedUntil", u.process
          FROM token_use u JOIN run ON run.id = u.run_id
          LEFT JOIN course c ON c.id = run.course_id
         WHERE u.access_token_id = t.id
         ORDER BY u.first_used_at DESC, run.id LIMIT ${most}) used`,
  );
}

const sharingCourseRow = row({ id: uuid, title: text, count: int4 });

export type SharingCourse = RowOf<typeof sharingCourseRow>;

/** The courses that runs used a token for; `count` is how many there are. */
export async function sharingCourses(
  db: Db,
  tokenId: string,
  most: number,
): Promise<SharingCourse[]> {
  return db.rows(
    sharingCourseRow,
    Prisma.sql`
    SELECT sharing.*, (count(*) OVER ())::int AS count FROM (
      SELECT DISTINCT c.id, c.title FROM token_use u
        JOIN run ON run.id = u.run_id
        LEFT JOIN run_course rc ON rc.run_id = run.id AND rc.state IN ('succeeded', 'running')
        JOIN course c ON c.id = coalesce(rc.course_id, run.course_id)
       WHERE u.access_token_id = ${tokenId}::uuid) sharing
     ORDER BY title, id LIMIT ${most}`,
  );
}
