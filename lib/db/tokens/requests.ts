import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { countUpToMost, where } from "../lists/paging.ts";
import { runKind, runState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { array, int4, int8, oneOf, text, timestamptz, uuid } from "../rows/types.ts";
import type { TokenRequestReason } from "./access-tokens.ts";

export const tokenRequestReason = oneOf([
  "first",
  "expired",
  "ahead",
  "forced",
  "evicted",
  "missing_scope",
] satisfies TokenRequestReason[]);

const requestRow = row({
  id: int8,
  at: timestamptz,
  reason: tokenRequestReason,
  /** Why the token before was dropped, where that was the reason. */
  evictedReason: text.nullable,
  requestedScopes: array(text),
  grantedScopes: array(text),
  expiresAt: timestamptz.nullable,
  httpStatus: int4.nullable,
  errorCode: text.nullable,
  errorMessage: text.nullable,
  durationMs: int4,
  runId: uuid.nullable,
  /** Of the run, while it is on record. */
  runKind: runKind.nullable,
  runState: runState.nullable,
  courseId: uuid.nullable,
  courseTitle: text.nullable,
});

export type TokenRequestRow = RowOf<typeof requestRow>;

export type TokenRequestQuery = {
  registrationId: string;
  reason?: TokenRequestReason;
  outcome?: "granted" | "refused";
  errorCode?: string;
  since?: Date;
  until?: Date;
  newestFirst: boolean;
  after?: bigint;
  limit: number;
};

/** The token requests of a registration, by time. */
export async function listTokenRequests(
  db: Db,
  query: TokenRequestQuery,
): Promise<{ rows: TokenRequestRow[]; total: number }> {
  const { registrationId, reason, outcome, errorCode, since, until } = query;
  const { newestFirst, after, limit } = query;
  const conditions = [
    Prisma.sql`q.registration_id = ${registrationId}::uuid`,
    reason !== undefined && Prisma.sql`q.reason = ${reason}`,
    outcome === "granted" && Prisma.sql`q.error_code IS NULL`,
    outcome === "refused" && Prisma.sql`q.error_code IS NOT NULL`,
    errorCode !== undefined && Prisma.sql`q.error_code = ${errorCode}`,
    since !== undefined && Prisma.sql`q.at >= ${since}`,
    until !== undefined && Prisma.sql`q.at < ${until}`,
  ];
  const behind =
    after !== undefined &&
    (newestFirst ? Prisma.sql`q.id < ${after}` : Prisma.sql`q.id > ${after}`);
  const [rows, total] = await Promise.all([
    db.rows(
      requestRow,
      Prisma.sql`
      SELECT q.id, q.at, q.reason, dropped.evicted_reason AS "evictedReason",
             q.requested_scopes AS "requestedScopes", coalesce(q.granted_scopes, '{}') AS "grantedScopes",
             q.expires_at AS "expiresAt", q.http_status AS "httpStatus",
             q.error_code AS "errorCode", q.error_message AS "errorMessage",
             q.duration_ms AS "durationMs", q.run_id AS "runId", run.kind AS "runKind",
             run.state AS "runState", run.course_id AS "courseId", c.title AS "courseTitle"
        FROM token_request q
        LEFT JOIN run ON run.id = q.run_id
        LEFT JOIN course c ON c.id = run.course_id
        LEFT JOIN LATERAL (
          SELECT evicted_reason FROM access_token
           WHERE q.reason = 'evicted' AND registration_id = q.registration_id
             AND evicted_at <= q.at
           ORDER BY evicted_at DESC LIMIT 1) dropped ON true
        ${where([...conditions, behind])}
       ORDER BY q.id ${newestFirst ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${limit}`,
    ),
    countUpToMost(db, Prisma.sql`FROM token_request q ${where(conditions)}`),
  ]);
  return { rows, total };
}
