import type { Db } from "./client.ts";
import type { AccessToken, TokenRequest } from "./generated/client.ts";

/** A registration's latest token with what is known of its use; the token itself stays sealed. */
export type TokenFactsRow = {
  registrationId: string;
  registrationName: string;
  token: Omit<AccessToken, "sealedToken"> | null;
  requestsMade: number;
  requestsSaved: number;
  courses: { id: string; title: string }[];
  runs: { id: string; kind: string; state: string; startedAt: Date }[];
  history: TokenRequest[];
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
  const [spent, sharers] = await Promise.all([
    requestsOf(db, registrationIds),
    sharersOf(db, tokenIds),
  ]);
  return registrations.map(({ id, name, accessTokens: [token], tokenRequests }) => ({
    registrationId: id,
    registrationName: name,
    token: token ?? null,
    requestsMade: spent.get(id)?.made ?? 0,
    requestsSaved: spent.get(id)?.saved ?? 0,
    courses: sharers.courses.filter(({ tokenId }) => tokenId === token?.id).map(withoutToken),
    runs: sharers.runs.filter(({ tokenId }) => tokenId === token?.id).map(withoutToken),
    history: tokenRequests,
  }));
}

/** Requests of the last 24 hours, and those that sharing and swapping made unnecessary. */
async function requestsOf(db: Db, registrationIds: string[]) {
  const { rows } = await db.pool.query<{ id: string; made: number; saved: number }>(
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

async function sharersOf(db: Db, tokenIds: string[]) {
  const runs = await db.pool.query<TokenFactsRow["runs"][number] & { tokenId: string }>(
    `SELECT t.id AS "tokenId", run.id, run.kind::text, run.state::text,
            coalesce(run.started_at, run.created_at) AS "startedAt"
       FROM unnest($1::uuid[]) AS t (id)
       CROSS JOIN LATERAL (
         SELECT run.* FROM token_use u JOIN run ON run.id = u.run_id
          WHERE u.access_token_id = t.id ORDER BY u.first_used_at DESC LIMIT $2) run`,
    [tokenIds, MOST_SHARERS],
  );
  const courses = await db.pool.query<TokenFactsRow["courses"][number] & { tokenId: string }>(
    `SELECT t.id AS "tokenId", c.id, c.title
       FROM unnest($1::uuid[]) AS t (id)
       CROSS JOIN LATERAL (
         SELECT DISTINCT c.id, c.title FROM token_use u
           JOIN run ON run.id = u.run_id
           LEFT JOIN run_course rc ON rc.run_id = run.id AND rc.state IN ('succeeded', 'running')
           JOIN course c ON c.id = coalesce(rc.course_id, run.course_id)
          WHERE u.access_token_id = t.id ORDER BY c.title, c.id LIMIT $2) c`,
    [tokenIds, MOST_SHARERS],
  );
  return { runs: runs.rows, courses: courses.rows };
}

function withoutToken<Row extends { tokenId: string }>({ tokenId: _, ...row }: Row) {
  return row;
}
