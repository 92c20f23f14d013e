import type { Db } from "../client.ts";
import type { AccessToken, TokenRequest } from "../generated/client.ts";
import type { RunKind, RunState, TokenCase } from "../generated/enums.ts";

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

export type SharingRun = {
  id: string;
  kind: RunKind;
  state: RunState;
  courseId: string | null;
  courseTitle: string | null;
  case: TokenCase | null;
  startedAt: Date;
};

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

/** Requests of the last 24 hours, and those that sharing and swapping made unnecessary. */
async function requestsOf(db: Db, registrationIds: string[]) {
  const { rows } = await db.query<{ id: string; made: number; saved: number }>(
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

async function casesOf(db: Db, registrationIds: string[]) {
  const { rows } = await db.query<{ id: string; cases: Record<TokenCase, number> }>(
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
type Sharer<Row> = Row & { tokenId: string; count: number };

async function sharingRuns(db: Db, tokenIds: string[]) {
  const { rows } = await db.query<Sharer<SharingRun>>(
    `SELECT t.id AS "tokenId", run.*
       FROM unnest($1::uuid[]) AS t (id)
       CROSS JOIN LATERAL (
         SELECT run.id, run.kind::text, run.state::text, run.token_case::text AS "case",
                run.course_id AS "courseId", c.title AS "courseTitle",
                coalesce(run.started_at, run.created_at) AS "startedAt",
                (count(*) OVER ())::int AS count
           FROM token_use u JOIN run ON run.id = u.run_id LEFT JOIN course c ON c.id = run.course_id
          WHERE u.access_token_id = t.id ORDER BY u.first_used_at DESC LIMIT $2) run`,
    [tokenIds, MOST_SHARERS],
  );
  return rows;
}

async function sharingCourses(db: Db, tokenIds: string[]) {
  const { rows } = await db.query<Sharer<{ id: string; title: string }>>(
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

function withoutCount<Row>({ tokenId: _, count: __, ...row }: Sharer<Row>) {
  return row;
}
