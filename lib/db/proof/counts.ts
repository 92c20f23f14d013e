import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, timestamptz } from "../rows/types.ts";

/** Scores that the platform should hold, or refused: what a verification looks at. */
export const VERIFIED = "s.state IN ('sent', 'rejected')";

/**
 * For a query over `course c`: how many of its scores are proven (`proof.total`, `proof.same` …),
 * as every page and the API say it. Triggers write each change into `proof_count` in the
 * transaction that makes it (see the migration `counts_of_proof`), a row of its own each time, so
 * that nobody waits for anybody; the count is their sum.
 */
export const PROOF_OF_COURSE = Prisma.sql`
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.total), 0)::int AS total, coalesce(sum(p.same), 0)::int AS same,
           coalesce(sum(p.differs), 0)::int AS differs, coalesce(sum(p.missing), 0)::int AS missing,
           coalesce(sum(p.unreadable), 0)::int AS unreadable,
           coalesce(sum(p."left"), 0)::int AS "left", coalesce(sum(p.open), 0)::int AS open,
           coalesce(sum(p.not_ours), 0)::int AS not_ours
      FROM proof_count p WHERE p.course_id = c.id) proof`;

const countsRow = row({
  total: int4,
  proven: int4,
  open: int4,
  differs: int4,
  missing: int4,
  unreadable: int4,
  unproven: int4,
  left: int4,
  notOurs: int4,
  provedAt: timestamptz.nullable,
});

export type ProofCounts = RowOf<typeof countsRow>;

/** Of one course. */
export async function proofCounts(db: Db, courseId: string): Promise<ProofCounts> {
  const rows = await db.rows(
    countsRow,
    Prisma.sql`
    SELECT proof.total, proof.same AS proven, proof.open, proof.differs, proof.missing,
           proof.unreadable, proof."left", proof.not_ours AS "notOurs", c.proved_at AS "provedAt",
           proof.total - proof.same - proof.differs - proof.missing - proof.unreadable AS unproven
      FROM course c ${PROOF_OF_COURSE} WHERE c.id = ${courseId}::uuid`,
  );
  return rows[0]!;
}

/**
 * Makes one row of the many that a course's changes left; called now and then. Rows that another
 * process makes one, or a transaction that is not over, are left for the next time. Locks the
 * course before its rows, as its deletion does.
 */
export async function mergeProofCounts(db: Db): Promise<void> {
  await db.execute(
    `WITH target AS (
       SELECT c.id FROM course c
        WHERE c.id IN (SELECT course_id FROM proof_count GROUP BY course_id HAVING count(*) > 1)
        ORDER BY c.id FOR KEY SHARE SKIP LOCKED),
     free AS (
       SELECT p.id FROM proof_count p WHERE p.course_id IN (SELECT id FROM target)
        FOR UPDATE SKIP LOCKED),
     merged AS (
       DELETE FROM proof_count p USING free WHERE p.id = free.id RETURNING p.*)
     INSERT INTO proof_count (course_id, total, same, differs, missing, unreadable, "left", open,
                              not_ours)
     SELECT course_id, sum(total), sum(same), sum(differs), sum(missing), sum(unreadable),
            sum("left"), sum(open), sum(not_ours)
       FROM merged GROUP BY course_id`,
  );
}
