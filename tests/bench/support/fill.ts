import type pg from "pg";
import type { Database } from "#lib/db/client.ts";

export type Sizes = {
  registrations: number;
  /** So many in each of the first registrations, as `COURSES_OF_FIRST` says; the rest spread. */
  courses: number;
  runs: number;
  /** A hundredth of them, and 100,000 at most, in one run. */
  outcomes: number;
  /** Members of each course beyond the first twenty: people of that course alone. */
  furtherMembers?: number;
};

/** Courses of the first registrations, by which costs are told apart. */
export const COURSES_OF_FIRST = [10_000, 1_000, 100, 10];

/** Members of the first courses; the others have 20. */
const MEMBERS_OF_FIRST = [20_000, 100_000];

/** Fills a migrated database with a past of that size: every course has scores and members. */
export async function fill({ pool }: Database, sizes: Sizes): Promise<void> {
  const client = await pool.connect();
  try {
    // What is written here refers to itself; to check ten million references takes minutes.
    await client.query("SET session_replication_role = replica");
    for (const [name, statement] of Object.entries(statements(sizes))) {
      const startedMs = performance.now();
      await client.query(statement);
      console.error(`${name}: ${Math.round(performance.now() - startedMs)} ms`);
    }
    await client.query("RESET session_replication_role");
    await client.query("VACUUM ANALYZE");
  } finally {
    client.release();
  }
}

/** IDs that can be reckoned from a kind and a number. */
export const idOf = (kind: number, number: string) =>
  `(lpad(to_hex(${kind}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(${number}), 12, '0'))::uuid`;

// A run's ID begins with its time, as that of a real one does.
const RUN_AT = "date_trunc('second', now()) - (i || ' seconds')::interval * 3";
const RUN_ID = `(lpad(to_hex((extract(epoch FROM ${RUN_AT}) * 1000)::bigint), 12, '0')
  || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid`;

const membersOf = (course: string) => `coalesce((ARRAY[${MEMBERS_OF_FIRST}])[${course}], 20)`;

/** The number of a course's registration. */
function registrationOfCourse(course: string, registrations: number): string {
  let upTo = 0;
  const cases = COURSES_OF_FIRST.map((courses, index) => {
    upTo += courses;
    return `WHEN ${course} <= ${upTo} THEN ${index + 1}`;
  });
  const first = COURSES_OF_FIRST.length;
  const rest = `${first + 1} + ${course} % ${registrations - first}`;
  return `CASE ${cases.join(" ")} ELSE ${rest} END`;
}

function statements(sizes: Sizes): Record<string, string> {
  const { registrations, courses, runs, outcomes, furtherMembers = 0 } = sizes;
  const large = Math.min(100_000, Math.floor(outcomes / 100));
  const registrationOf = (course: string) => registrationOfCourse(course, registrations);
  return {
    registrations: `
      INSERT INTO registration (id, name, issuer, client_id, token_endpoint,
             authorization_endpoint, jwks_url, updated_at)
      SELECT ${idOf(1, "i")}, 'University ' || lpad(i::text, 4, '0'),
             'https://lms' || i || '.example.edu', 'client', 'https://lms.example.edu/token',
             'https://lms.example.edu/authorize', 'https://lms.example.edu/jwks', now()
        FROM generate_series(1, ${registrations}) i`,
    deployments: `
      INSERT INTO deployment (id, registration_id, deployment_id)
      SELECT ${idOf(2, "i")}, ${idOf(1, "i")}, '1' FROM generate_series(1, ${registrations}) i`,
    courses: `
      INSERT INTO course (id, registration_id, deployment_id, context_id, title, memberships_url,
             line_items_url, roster_synced_at, roster_member_count, updated_at)
      SELECT ${idOf(3, "i")}, ${idOf(1, registrationOf("i"))}, ${idOf(2, registrationOf("i"))},
             'context-' || i, 'Course ' || md5(i::text), 'https://lms.example.edu/m/' || i,
             'https://lms.example.edu/l/' || i, now() - (i % 100 || ' hours')::interval, ${membersOf("i")}, now()
        FROM generate_series(1, ${courses}) i`,
    members: `
      INSERT INTO membership (course_id, user_id, roles, name, email)
      SELECT ${idOf(3, "c")}, 'person-' || m, '{http://purl.imsglobal.org/vocab/lis/v2/membership#Learner}',
             'Person ' || md5(m::text), 'p' || m || '@example.edu'
        FROM generate_series(1, ${courses}) c,
             generate_series(1, ${membersOf("c")}) m`,
    furtherMembers: `
      INSERT INTO membership (course_id, user_id, roles, name, given_name, family_name, email,
             lis_person_sourcedid)
      SELECT ${idOf(3, "c")}, 'user-' || key, '{http://purl.imsglobal.org/vocab/lis/v2/membership#Learner}',
             initcap(left(key, 5)) || ' ' || initcap(substr(key, 6, 7)), initcap(left(key, 5)),
             initcap(substr(key, 6, 7)), left(key, 8) || '@students.example.edu', 'sis-' || c || '-' || m
        FROM (SELECT c, m, md5(c || '/' || m) AS key FROM generate_series(1, ${courses}) c,
                     generate_series(1, ${furtherMembers}) m) people`,
    lineItems: `
      INSERT INTO line_item (id, course_id, url, label, score_maximum, updated_at)
      SELECT ${idOf(4, "i")}, ${idOf(3, "i")}, 'https://lms.example.edu/l/' || i || '/1', 'Quiz', 100,
             now()
        FROM generate_series(1, ${courses}) i`,
    scores: `
      INSERT INTO score (id, line_item_id, user_id, score_given, score_maximum, activity_progress,
             grading_progress, timestamp, state)
      SELECT ${idOf(5, "(c * 64 + s)::bigint")}, ${idOf(4, "c")}, 'person-' || s, s, 100, 'Completed',
             'FullyGraded', now() - interval '1 day',
             (CASE WHEN c % 20 = 0 AND s < 3 THEN 'pending' WHEN s = 7 AND c % 50 = 0
                   THEN 'rejected' ELSE 'sent' END)::score_state
        FROM generate_series(1, ${courses}) c, generate_series(1, 50) s`,
    runs: `
      INSERT INTO run (id, kind, state, registration_id, course_id, trigger, started_by, total, done,
             created_at, started_at, finished_at, error_code, error_message)
      SELECT ${RUN_ID}, (CASE WHEN i % 2 = 0 THEN 'grade_sync' ELSE 'roster_sync' END)::run_kind,
             (CASE WHEN i <= 20 THEN 'queued' WHEN i <= 28 THEN 'running'
                   WHEN i % 25 = 0 THEN 'failed' WHEN i % 25 = 1 THEN 'partly_succeeded'
                   WHEN i % 97 = 0 THEN 'cancelled' ELSE 'succeeded' END)::run_state,
             ${idOf(1, registrationOf("c"))}, ${idOf(3, "c")}, 'schedule', 'Nightly', 1, 1,
             ${RUN_AT}, ${RUN_AT}, CASE WHEN i > 28 THEN ${RUN_AT} + interval '2 seconds' END,
             CASE WHEN i % 25 = 0 THEN 'lti.token_refused' END,
             CASE WHEN i % 25 = 0 THEN 'invalid_client' END
        FROM (SELECT i, 1 + (i * 7919::bigint % ${courses})::int AS c
                FROM generate_series(1, ${runs}) i) numbered`,
    runCourses: `
      INSERT INTO run_course (run_id, course_id, position, state, finished_at)
      SELECT id, course_id, 0,
             (CASE WHEN state = 'succeeded' THEN 'succeeded' WHEN state = 'queued' THEN 'pending'
                   ELSE 'failed' END)::part_state, finished_at
        FROM run WHERE kind = 'roster_sync'`,
    outcomesOfCourses: `SELECT derive_course_outcomes(ARRAY (SELECT id FROM course))`,
    holds: `
      INSERT INTO hold (id, run_id, course_id, registration_id, state, rule, removals,
             members_before, created_at)
      SELECT gen_random_uuid(), id, course_id, registration_id,
             (CASE WHEN random() < 0.2 THEN 'open' ELSE 'approved' END)::hold_state, 'share', 20, 50,
             created_at
        FROM run WHERE kind = 'roster_sync' AND state = 'succeeded' ORDER BY created_at LIMIT 10000`,
    runBatches: `
      INSERT INTO run_batch (run_id, position, state, size, sent, rejected, started_at, finished_at)
      SELECT id, 0, 'succeeded', 20, 19, 1, started_at, finished_at
        FROM run WHERE kind = 'grade_sync' AND finished_at IS NOT NULL`,
    tokenRequests: `
      INSERT INTO token_request (registration_id, run_id, reason, requested_scopes, granted_scopes,
             http_status, duration_ms, at)
      SELECT registration_id, id, 'expired', '{}', '{}', 200, 80, created_at
        FROM (SELECT *, row_number() OVER (ORDER BY created_at) AS i FROM run) numbered
       WHERE i % 10 = 0`,
    outcomesOfOneRun: `
      INSERT INTO score_outcome (run_id, score_id, user_id, batch, kind, score_given, timestamp)
      SELECT (SELECT id FROM run WHERE kind = 'grade_sync' ORDER BY created_at, id LIMIT 1),
             ${idOf(5, "(65 + i % 1000)::bigint")}, 'person-1', i / 50,
             (CASE WHEN i % 500 = 0 THEN 'rejected' ELSE 'sent' END)::outcome_kind, 1, now()
        FROM generate_series(1, ${large}) i`,
    outcomes: `
      INSERT INTO score_outcome (run_id, score_id, user_id, batch, kind, score_given, timestamp, at)
      SELECT run.id, ${idOf(5, "(64 + (random() * 900)::bigint)")}, 'person-1', 0,
             (CASE WHEN s % 50 = 0 THEN 'rejected' ELSE 'sent' END)::outcome_kind, 1,
             run.created_at, run.created_at
        FROM run, generate_series(1, ${Math.ceil((2 * (outcomes - large)) / runs)}) s
       WHERE run.kind = 'grade_sync'`,
    audit: `
      INSERT INTO audit_entry (at, actor, source, action, object, object_id)
      SELECT created_at, (ARRAY['Kim Park', 'Ada Lovelace', 'API key nightly', 'Rollbook'])[1 + i % 4],
             (ARRAY['operator', 'operator', 'api', 'schedule'])[1 + i % 4], 'run.start',
             CASE WHEN i % 1000 = 0 THEN 'registration' ELSE 'run' END, id::text
        FROM (SELECT id, created_at, row_number() OVER (ORDER BY created_at) AS i FROM run) numbered`,
  };
}

/** The size of the tables and of their indexes. */
export async function databaseSize(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ size: string }>(
    "SELECT pg_size_pretty(pg_database_size(current_database())) AS size",
  );
  return rows[0]!.size;
}
