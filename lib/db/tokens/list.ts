import { z } from "zod";
import type { Db } from "../client.ts";
import type { AccessToken, TokenRequest } from "../generated/client.ts";
import { TokenCase } from "../generated/enums.ts";
import { runKind, runState, tokenCase } from "../rows/enums.ts";
import { row, type RowOf, type Shape } from "../rows/shape.ts";
import { int4, jsonb, text, timestamptz, uuid } from "../rows/types.ts";

/** A registration's latest token with what is known of its use; the token itself stays sealed. */
export type TokenFactsRow = {
  registrationId: string;
  registrationName: string;
  token: Omit<AccessToken, "sealedToken"> | null;
  requestsMade: number;
  requestsSaved: number;
  /** How many runs of the last 24 hours came by their token in which way. */
  cases: Partial<Record<TokenCase, number>>;
  courses: { id: string; title: string }[];
  courseCount: number;
  runs: SharingRun[];
  runCount: number;
  history: TokenRequest[];
};

const sharingRunRow = row({
  id: uuid,
  kind: runKind,
  state: runState,
  courseId: uuid.nullable,
  courseTitle: text.nullable,
  case: tokenCase.nullable,
  startedAt: timestamptz,
});

export type SharingRun = RowOf<typeof sharingRunRow>;

const LATEST_REQUESTS = 20;
const MOST_SHARERS = 20;

export async function tokenFacts(db: Db, registrationIds: string[]): Promise<TokenFactsRow[]> {
  const registrations = await db.prisma.registration.findMany({
    where: { id: { in: registrationIds } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
    select: {
      id: true,
      name: true,
      accessTokens: { orderBy: { obtainedAt: "desc" }, take: 1, omit: { sealedToken: true } },
      tokenRequests: { orderBy: { id: "desc" }, take: LATEST_REQUESTS },
    },
  });
  const tokenIds = registrations.flatMap(({ accessTokens }) => accessTokens.map(({ id }) => id));
  const [spent, cases, courses, runs] = await Promise.all([
    requestsOf(db, registrationIds),
    casesOf(db, registrationIds),
    sharingCourses(db, tokenIds),
    sharingRuns(db, tokenIds),
  ]);
  return registrations.map(({ id, name, accessTokens: [token], tokenRequests }) => {
    const ownCourses = courses.filter(({ tokenId }) => tokenId === token?.id);
    const ownRuns = runs.filter(({ tokenId }) => tokenId === token?.id);
    return {
      registrationId: id,
      registrationName: name,
      token: token ?? null,
      requestsMade: spent.get(id)?.made ?? 0,
      requestsSaved: spent.get(id)?.saved ?? 0,
      cases: cases.get(id) ?? {},
      courses: ownCourses.map(withoutCount),
      courseCount: ownCourses[0]?.count ?? 0,
      runs: ownRuns.map(withoutCount),
      runCount: ownRuns[0]?.count ?? 0,
      history: tokenRequests,
    };
  });
}

const requestsRow = row({ id: uuid, made: int4, saved: int4 });

/** Requests of the last 24 hours, and those that sharing and swapping made unnecessary. */
async function requestsOf(db: Db, registrationIds: string[]) {
  const rows = await db.rows(
    requestsRow,
    `SELECT r.id, made.count AS made, saved.count AS saved
       FROM registration r
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS count FROM token_request
          WHERE registration_id = r.id AND at > now() - interval '24 hours') made
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(tokens_reused + greatest(endpoint_swaps - 1, 0)), 0)::int AS count
           FROM run WHERE registration_id = r.id AND created_at > now() - interval '24 hours') saved
      WHERE r.id = ANY ($1)`,
    [registrationIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

const casesRow = row({ id: uuid, cases: jsonb(z.partialRecord(z.enum(TokenCase), z.int())) });

async function casesOf(db: Db, registrationIds: string[]) {
  const rows = await db.rows(
    casesRow,
    `SELECT id, jsonb_object_agg(token_case, count) AS cases
       FROM (SELECT registration_id AS id, token_case, count(*)::int AS count FROM run
              WHERE registration_id = ANY ($1) AND token_case IS NOT NULL
                AND created_at > now() - interval '24 hours'
              GROUP BY 1, 2) counted
      GROUP BY id`,
    [registrationIds],
  );
  return new Map(rows.map(({ id, cases }) => [id, cases]));
}

/** Of one token; `count` is how many there are beyond those listed too. */
const sharer = { tokenId: uuid, count: int4 };

const sharerRunRow = row({ ...sharingRunRow.columns, ...sharer });

async function sharingRuns(db: Db, tokenIds: string[]) {
  const rows = await db.rows(
    sharerRunRow,
    `SELECT t.id AS "tokenId", run.*
       FROM unnest($1::uuid[]) AS t (id)
       CROSS JOIN LATERAL (
         SELECT run.id, run.kind, run.state, run.token_case AS "case",
                run.course_id AS "courseId", c.title AS "courseTitle",
                coalesce(run.started_at, run.created_at) AS "startedAt",
                (count(*) OVER ())::int AS count
           FROM token_use u JOIN run ON run.id = u.run_id LEFT JOIN course c ON c.id = run.course_id
          WHERE u.access_token_id = t.id ORDER BY u.first_used_at DESC LIMIT $2) run`,
    [tokenIds, MOST_SHARERS],
  );
  return rows;
}

const sharerCourseRow = row({ id: uuid, title: text, ...sharer });

async function sharingCourses(db: Db, tokenIds: string[]) {
  const rows = await db.rows(
    sharerCourseRow,
    `SELECT t.id AS "tokenId", c.*
       FROM unnest($1::uuid[]) AS t (id)
       CROSS JOIN LATERAL (
         SELECT sharing.*, (count(*) OVER ())::int AS count FROM (
           SELECT DISTINCT c.id, c.title FROM token_use u
             JOIN run ON run.id = u.run_id
             LEFT JOIN run_course rc ON rc.run_id = run.id AND rc.state IN ('succeeded', 'running')
             JOIN course c ON c.id = coalesce(rc.course_id, run.course_id)
            WHERE u.access_token_id = t.id) sharing
          ORDER BY title, id LIMIT $2) c`,
    [tokenIds, MOST_SHARERS],
  );
  return rows;
}

type Sharer = RowOf<Shape<typeof sharer>>;

function withoutCount<Row extends Sharer>({ tokenId: _, count: __, ...shared }: Row) {
  return shared;
}
