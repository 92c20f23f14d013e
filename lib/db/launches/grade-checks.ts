import type { Db } from "../client.ts";
import type { RunState } from "../generated/enums.ts";
import { scoreState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, float8, oneOf, text, timestamptz } from "../rows/types.ts";

type Person = { courseId: string; userId: string };

const ownScoreRow = row({
  column: text,
  columnMaximum: float8,
  gradesReleased: bool.nullable,
  state: scoreState,
  scoreGiven: float8.nullable,
  scoreMaximum: float8.nullable,
  sentAt: timestamptz.nullable,
  errorCode: text.nullable,
  proof: oneOf(["same", "differs", "missing", "unreadable"]).nullable,
  proofScore: float8.nullable,
  proofMaximum: float8.nullable,
  provedAt: timestamptz.nullable,
});

/** One person's score, with what the last verification found of it. */
export type OwnScore = RowOf<typeof ownScoreRow>;

/** The scores of one person in a course, by column; not those of columns deleted from here. */
export async function ownScores(db: Db, { courseId, userId }: Person): Promise<OwnScore[]> {
  return db.rows(
    ownScoreRow,
    `SELECT li.label AS "column", li.score_maximum AS "columnMaximum",
            li.grades_released AS "gradesReleased", s.state,
            s.score_given AS "scoreGiven", s.score_maximum AS "scoreMaximum",
            s.sent_at AS "sentAt", s.error_code AS "errorCode", s.proof::text AS proof,
            s.proof_score AS "proofScore", s.proof_maximum AS "proofMaximum",
            s.proved_at AS "provedAt"
       FROM line_item li JOIN score s ON s.line_item_id = li.id
      WHERE li.course_id = $1::uuid AND s.user_id = $2 AND li.deleted_by IS NULL
      ORDER BY li.created_at, li.id`,
    [courseId, userId],
  );
}

/** Notes that somebody asks now; false where they did since `after`, and nothing is noted. */
export async function noteCheck(
  db: Db,
  { courseId, userId }: Person,
  { now, after }: { now: Date; after: Date },
): Promise<boolean> {
  const noted = await db.execute(
    `INSERT INTO grade_check AS g (course_id, user_id, asked_at) VALUES ($1::uuid, $2, $3)
     ON CONFLICT (course_id, user_id) DO UPDATE SET asked_at = excluded.asked_at
      WHERE g.asked_at <= $4`,
    [courseId, userId, now, after],
  );
  return noted === 1;
}

/** The latest verification of a course alone, however it came about. */
export async function latestVerification(
  db: Db,
  courseId: string,
): Promise<{ state: RunState; createdAt: Date } | null> {
  return db.prisma.run.findFirst({
    where: { kind: "verify", courseId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { state: true, createdAt: true },
  });
}

/** Verifications of a registration's courses that people in the LMS asked for, and that go on. */
export async function countChecksUnderWay(
  db: Db,
  registrationId: string,
  startedBy: string,
): Promise<number> {
  return db.prisma.run.count({
    where: {
      kind: "verify",
      registrationId,
      startedBy,
      state: { in: ["queued", "running", "paused"] },
    },
  });
}
