import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "#lib/db/migrate/index.ts";
import { createEmptyDatabase, querySql } from "#tests/support/database.ts";
import { migrateBefore } from "#tests/support/migrate-before.ts";

const ID = "01939f2e-0000-7000-8000-000000000001";
const OTHER = "01939f2e-0000-7000-8000-000000000002";
const FORMER = "sync.platform_resting";
const CODE = "sync.platform_cooling_down";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
const sql = (text: string, values: unknown[] = []) => querySql(database.url, text, values);

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrateBefore(database.url, "plain_names");
  await insertFormer();
  await migrate(database.url);
});
afterAll(() => database.drop());

async function insertFormer(): Promise<void> {
  await sql(
    `INSERT INTO registration (id, name, issuer, client_id, token_endpoint,
       authorization_endpoint, jwks_url, updated_at)
     VALUES ($1, 'State University', 'https://lms.example.edu', 'old', 'https://lms.example.edu/t',
       'https://lms.example.edu/a', 'https://lms.example.edu/j', now())`,
    [ID],
  );
  await sql(`INSERT INTO deployment (id, registration_id, deployment_id) VALUES ($1, $1, '1')`, [
    ID,
  ]);
  await sql(
    `INSERT INTO course (id, registration_id, deployment_id, context_id, title, roster_error_code,
       updated_at) VALUES ($1, $1, $1, 'c', 'Course', $2, now())`,
    [ID, FORMER],
  );
  for (const [id, code] of [
    [ID, FORMER],
    [OTHER, "lti.rate_limited"],
  ])
    await sql(
      `INSERT INTO run (id, registration_id, course_id, kind, trigger, started_by, state, error_code)
       VALUES ($1, $2, $2, 'roster_sync', 'operator', 'Ada', 'failed', $3)`,
      [id, ID, code],
    );
  await sql(
    "INSERT INTO run_course (run_id, course_id, position, error_code) VALUES ($1, $1, 0, $2)",
    [ID, FORMER],
  );
  await sql(
    `INSERT INTO run_event (run_id, kind, message, detail)
     VALUES ($1, 'course.failed', 'failed', $2::jsonb), ($1, 'batch.sent', 'sent', NULL)`,
    [ID, { code: FORMER, courseId: ID }],
  );
  await sql(
    `INSERT INTO saved_view (id, owner_id, list, name, query, updated_at)
     VALUES ($1, 'me', 'runs', 'Waiting', $2, now())`,
    [ID, `state=failed&errorCode=${FORMER}&sort=-took`],
  );
  await sql("INSERT INTO platform_flow (registration_id, failures) VALUES ($1, 3)", [ID]);
  await sql(
    `INSERT INTO flow_grant (run_id, registration_id, slots, wanted, expires_at)
     VALUES ($1, $1, 2, 4, now())`,
    [ID],
  );
  await sql("INSERT INTO roster_walk (course_id, run_id, lease) VALUES ($1, $1, 5)", [ID]);
}

test("tables that are renamed keep their rows", async () => {
  expect(await sql("SELECT registration_id AS id, failures FROM platform_pacing")).toEqual([
    { id: ID, failures: 3 },
  ]);
  expect(await sql("SELECT run_id AS id, slots, wanted FROM call_slot")).toEqual([
    { id: ID, slots: 2, wanted: 4 },
  ]);
  expect(await sql("SELECT course_id AS id, lease FROM roster_lock")).toEqual([
    { id: ID, lease: 5 },
  ]);
});

test("nothing of a renamed table has the former name, apart from its view", async () => {
  const rows = await sql(
    `SELECT relname AS name, relkind::text AS kind FROM pg_class
      WHERE relname ~ '^(platform_flow|flow_grant|roster_walk)'
     UNION ALL SELECT conname, 'c' FROM pg_constraint
      WHERE conname ~ '^(platform_flow|flow_grant|roster_walk)' ORDER BY name`,
  );
  expect(rows).toEqual(
    ["flow_grant", "platform_flow", "roster_walk"].map((name) => ({ name, kind: "v" })),
  );
});

test("the version before, which runs beside this one, reads and writes by the former names", async () => {
  await sql(
    `INSERT INTO platform_flow AS f (registration_id, failures) VALUES ($1, 1)
     ON CONFLICT (registration_id) DO UPDATE SET failures = f.failures + 1`,
    [ID],
  );
  await sql(
    `INSERT INTO flow_grant (run_id, registration_id, slots, wanted, expires_at)
     VALUES ($1, $2, 0, 1, now())
     ON CONFLICT (run_id) DO UPDATE SET wanted = excluded.wanted`,
    [OTHER, ID],
  );
  await sql(
    `INSERT INTO roster_walk (course_id, run_id, lease) VALUES ($1, $1, 6)
     ON CONFLICT (course_id) DO UPDATE SET lease = excluded.lease
      WHERE roster_walk.run_id = excluded.run_id`,
    [ID],
  );
  expect(await sql("SELECT failures FROM platform_pacing")).toEqual([{ failures: 4 }]);
  expect(
    await sql("SELECT wanted, since IS NOT NULL AS at FROM call_slot WHERE slots = 0"),
  ).toEqual([{ wanted: 1, at: true }]);
  expect(await sql("SELECT lease FROM roster_lock")).toEqual([{ lease: 6 }]);
  await sql("DELETE FROM flow_grant WHERE run_id = $1", [OTHER]);
  expect(await sql("SELECT slots FROM call_slot")).toEqual([{ slots: 2 }]);
});

test("the code of a platform that cools down is rewritten wherever one is stored, and no other", async () => {
  expect(await sql("SELECT error_code AS code FROM run ORDER BY id")).toEqual([
    { code: CODE },
    { code: "lti.rate_limited" },
  ]);
  expect(await sql("SELECT error_code AS code FROM run_course")).toEqual([{ code: CODE }]);
  expect(await sql("SELECT roster_error_code AS code FROM course")).toEqual([{ code: CODE }]);
  expect(await sql("SELECT detail FROM run_event ORDER BY kind DESC")).toEqual([
    { detail: { code: CODE, courseId: ID } },
    { detail: null },
  ]);
  expect(await sql("SELECT query FROM saved_view")).toEqual([
    { query: `state=failed&errorCode=${CODE}&sort=-took` },
  ]);
});
