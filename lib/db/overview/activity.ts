import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { andWithin, type Within } from "../lists/paging.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, text, timestamptz, uuid } from "../rows/types.ts";

/** A stretch of time up to now, in equal steps; the last step is under way. */
export type Steps = { seconds: number; count: number };

const stepRow = row({
  at: timestamptz,
  members: int4,
  scores: int4,
  failures: int4,
  tokenRequests: int4,
  tokenReuses: int4,
});

export type Step = RowOf<typeof stepRow>;

// Written out: by a time from a subquery, the planner expects a third of the table.
const from = ({ seconds, count }: Steps) =>
  Prisma.raw(
    `(date_bin('${seconds} seconds', now(), 'epoch') - interval '${seconds * (count - 1)} seconds')`,
  );
const stepOf = ({ seconds }: Steps, column: string) =>
  Prisma.raw(`date_bin('${seconds} seconds', ${column}, 'epoch')`);
const every = ({ seconds }: Steps) => Prisma.raw(`interval '${seconds} seconds'`);

const OWN = Prisma.sql`registration_id`;

/** That a part of a run is of one of the registrations. */
function andOfRunWithin(runId: Prisma.Sql, within: Within): Prisma.Sql {
  if (!within) return Prisma.empty;
  return Prisma.sql`
    AND EXISTS (SELECT FROM run WHERE run.id = ${runId} ${andWithin(Prisma.sql`run.registration_id`, within)})`;
}

/** What was done in each step, oldest first. */
export async function activity(db: Db, steps: Steps, within: Within): Promise<Step[]> {
  const first = from(steps);
  const rows = await db.rows(
    stepRow,
    Prisma.sql`
     WITH steps AS (
       SELECT generate_series(${first}, now(), ${every(steps)}) AS at)
     SELECT steps.at, coalesce(rosters.members, 0)::int AS members,
            coalesce(batches.scores, 0)::int AS scores,
            (coalesce(rosters.failures, 0) + coalesce(batches.failures, 0))::int AS failures,
            coalesce(tokens.requests, 0)::int AS "tokenRequests",
            coalesce(runs.reuses, 0)::int AS "tokenReuses"
       FROM steps
       LEFT JOIN (SELECT ${stepOf(steps, "finished_at")} AS at, sum(members_seen) AS members,
                         count(*) FILTER (WHERE state = 'failed') AS failures
                    FROM run_course WHERE finished_at >= ${first}
                          ${andOfRunWithin(Prisma.sql`run_course.run_id`, within)} GROUP BY 1) rosters USING (at)
       LEFT JOIN (SELECT ${stepOf(steps, "finished_at")} AS at, sum(sent) AS scores,
                         sum(rejected) AS failures
                    FROM run_batch WHERE finished_at >= ${first}
                          ${andOfRunWithin(Prisma.sql`run_batch.run_id`, within)} GROUP BY 1) batches USING (at)
       LEFT JOIN (SELECT ${stepOf(steps, "request.at")} AS at, count(*) AS requests
                    FROM token_request request WHERE request.at >= ${first}
                          ${andWithin(OWN, within)} GROUP BY 1) tokens
         USING (at)
       LEFT JOIN (SELECT ${stepOf(steps, "created_at")} AS at,
                         sum(tokens_reused + greatest(endpoint_swaps - 1, 0)) AS reuses
                    FROM run WHERE created_at >= ${first} ${andWithin(OWN, within)} GROUP BY 1) runs USING (at)
      ORDER BY steps.at`,
  );
  return rows;
}

const totalsRow = row({
  members: int4,
  scores: int4,
  failures: int4,
});

export type Totals = RowOf<typeof totalsRow>;

/** The same before the first step, as long: what to compare with. */
export async function activityBefore(db: Db, steps: Steps, within: Within): Promise<Totals> {
  const end = from(steps);
  const length = Prisma.raw(`interval '${steps.seconds * steps.count} seconds'`);
  const begin = Prisma.sql`(${end} - ${length})`;
  const rows = await db.rows(
    totalsRow,
    Prisma.sql`
     SELECT coalesce(rosters.members, 0)::int AS members, coalesce(batches.scores, 0)::int AS scores,
            (coalesce(rosters.failures, 0) + coalesce(batches.failures, 0))::int AS failures
       FROM (SELECT sum(members_seen) AS members,
                    count(*) FILTER (WHERE state = 'failed') AS failures
               FROM run_course WHERE finished_at >= ${begin} AND finished_at < ${end}
                 ${andOfRunWithin(Prisma.sql`run_course.run_id`, within)}) rosters,
            (SELECT sum(sent) AS scores, sum(rejected) AS failures
               FROM run_batch WHERE finished_at >= ${begin} AND finished_at < ${end}
                 ${andOfRunWithin(Prisma.sql`run_batch.run_id`, within)}) batches`,
  );
  return rows[0]!;
}

const causeRow = row({
  code: text,
  runs: int4,
  lastRunId: uuid,
});

export type FailureCause = RowOf<typeof causeRow>;

/** Why runs of the stretch failed, the most common first. */
export async function failureCauses(
  db: Db,
  steps: Steps,
  limit: number,
  within: Within,
): Promise<FailureCause[]> {
  const rows = await db.rows(
    causeRow,
    Prisma.sql`
     SELECT error_code AS code, count(*)::int AS runs, max(id::text)::uuid AS "lastRunId"
       FROM run WHERE error_code IS NOT NULL AND created_at >= ${from(steps)}
        ${andWithin(OWN, within)}
      GROUP BY error_code ORDER BY runs DESC, code LIMIT ${limit}`,
  );
  return rows;
}

const stripRow = row({
  registrationId: uuid,
  registrationName: text,
  /** Of each step: runs that ended, and those of them in which something failed. */
  runs: array(int4),
  failed: array(int4),
});

export type StripRow = RowOf<typeof stripRow>;

/**
 * The registrations in whose runs most failed, step by step. The failures are found by the index
 * over states; the runs around them are counted for the registrations that are shown.
 */
export async function failureStrip(
  db: Db,
  steps: Steps,
  limit: number,
  within: Within,
): Promise<StripRow[]> {
  const first = from(steps);
  const rows = await db.rows(
    stripRow,
    Prisma.sql`
     WITH worst AS MATERIALIZED (
       SELECT r.id, r.name, count(run.id) AS failures
         FROM registration r
         LEFT JOIN run ON run.registration_id = r.id AND run.created_at >= ${first}
          AND run.state IN ('failed', 'partly_succeeded', 'held')
        WHERE r.archived_at IS NULL AND r.state = 'active'
          ${andWithin(Prisma.sql`r.id`, within)}
        GROUP BY r.id, r.name ORDER BY failures DESC, r.name LIMIT ${limit}
     ), counted AS (
       SELECT run.registration_id AS id, ${stepOf(steps, "run.created_at")} AS at,
              count(*)::int AS runs,
              count(*) FILTER (WHERE run.state IN ('failed', 'partly_succeeded', 'held'))::int
                AS failed
         FROM worst JOIN run ON run.registration_id = worst.id AND run.created_at >= ${first}
        GROUP BY 1, 2
     )
     SELECT worst.id AS "registrationId", worst.name AS "registrationName",
            array_agg(coalesce(counted.runs, 0) ORDER BY steps.at) AS runs,
            array_agg(coalesce(counted.failed, 0) ORDER BY steps.at) AS failed
       FROM worst
      CROSS JOIN generate_series(${first}, now(), ${every(steps)}) AS steps (at)
       LEFT JOIN counted ON counted.id = worst.id AND counted.at = steps.at
      GROUP BY worst.id, worst.name, worst.failures ORDER BY worst.failures DESC, worst.name`,
  );
  return rows;
}
