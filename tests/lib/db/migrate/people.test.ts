import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "#lib/db/migrate/index.ts";
import { createEmptyDatabase, querySql } from "#tests/support/database.ts";
import { migrateBefore } from "#tests/support/migrate-before.ts";

const ID = "01939f2e-0000-7000-8000-000000000001";
const course = (number: number) => ID.replace(/01$/, String(number).padStart(2, "0"));

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
const sql = (text: string, values: unknown[] = []) => querySql(database.url, text, values);

beforeAll(async () => {
  database = await createEmptyDatabase();
  await migrateBefore(database.url, "people");
  await sql(
    `INSERT INTO registration (id, name, issuer, client_id, token_endpoint,
       authorization_endpoint, jwks_url, updated_at)
     VALUES ($1, 'University', 'https://lms.example.edu', 'old', 'https://lms.example.edu/token',
       'https://lms.example.edu/authorize', 'https://lms.example.edu/jwks', now())`,
    [ID],
  );
  await sql(`INSERT INTO deployment (id, registration_id, deployment_id) VALUES ($1, $1, '1')`, [
    ID,
  ]);
  for (const number of [11, 12])
    await sql(
      `INSERT INTO course (id, registration_id, deployment_id, context_id, title, updated_at)
       VALUES ($1, $2, $2, $1::uuid::text, 'Course', now())`,
      [course(number), ID],
    );
  await sql(
    `INSERT INTO membership (course_id, user_id, name, family_name, email, changed_at) VALUES
       ($1, 'ada', 'Ada Byron', 'Byron', 'ada@example.edu', now() - interval '1 year'),
       ($2, 'ada', 'Ada Lovelace', 'Lovelace', NULL, now()),
       ($2, 'nameless', NULL, NULL, NULL, now())`,
    [course(11), course(12)],
  );
});
afterAll(() => database.drop());

test("everybody in a roster is known to the finder, once and by the latest that is known", async () => {
  await migrate(database.url);
  const people = await sql(
    `SELECT registration_id, user_id, name, family_name, email, lis_person_sourcedid,
            course_ids::text[] FROM person ORDER BY user_id`,
  );
  expect(people).toEqual([
    {
      registration_id: ID,
      user_id: "ada",
      name: "Ada Lovelace",
      family_name: "Lovelace",
      email: "ada@example.edu",
      lis_person_sourcedid: null,
      course_ids: [course(12), course(11)],
    },
    expect.objectContaining({ user_id: "nameless", name: null, course_ids: [course(12)] }),
  ]);
});
