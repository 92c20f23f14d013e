import { afterAll, beforeAll, expect, test } from "vitest";
import { createDb } from "#lib/db/client.ts";
import { publishedJwks } from "#lib/db/keys/signing-keys.ts";
import { migrate } from "#lib/db/migrate/index.ts";
import { createEmptyDatabase, querySql } from "#tests/support/database.ts";
import {
  finished,
  startInstallation,
  startRun,
  type Installation,
} from "#tests/support/installation.ts";
import { migrateBefore } from "#tests/support/migrate-before.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

const REGISTRATION = "01939f2e-0000-7000-8000-000000000001";
const OLD_COURSE = "01939f2e-0000-7000-8000-000000000011";

let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
let platform: PlatformClient;
let installation: Installation | undefined;

beforeAll(async () => {
  [database, platform] = await Promise.all([createEmptyDatabase(), startPlatform()]);
  await migrateBefore(database.url, "service_origins");
});
afterAll(async () => {
  await platform.stop();
  await (installation ? installation.stop() : database.drop());
});

const sql = (text: string, values: unknown[] = []) => querySql(database.url, text, values);

/** Its courses are at another origin than its token endpoint, and somebody entered them by hand. */
async function insertInstallation(): Promise<string> {
  const made = await platform.addCourse({ members: 4 });
  const other = (address: string) => address.replace("127.0.0.1", "localhost");
  await sql(
    `INSERT INTO registration (id, name, issuer, client_id, token_endpoint,
       authorization_endpoint, jwks_url, updated_at)
     VALUES ($1, 'State University', 'https://canvas.instructure.com', 'old', $2,
       'https://SSO.example.edu:443/authorize', 'http://keys.example.edu:80/jwks', now())`,
    [REGISTRATION, platform.tokenEndpoint],
  );
  await sql(`INSERT INTO deployment (id, registration_id, deployment_id) VALUES ($1, $1, '1')`, [
    REGISTRATION,
  ]);
  const course = (id: string, fields: Record<string, unknown>) =>
    sql(
      `INSERT INTO course (id, registration_id, deployment_id, context_id, title, memberships_url,
         line_items_url, archived_at, updated_at)
       VALUES ($1, $2, $2, $1::uuid::text, 'Course', $3, $4, $5, now())`,
      [id, REGISTRATION, fields.membershipsUrl, fields.lineItemsUrl, fields.archivedAt],
    );
  await course(OLD_COURSE, {
    membershipsUrl: other(made.membershipsUrl),
    lineItemsUrl: other(made.lineItemsUrl),
  });
  await course(OLD_COURSE.replace(/11$/, "12"), {
    membershipsUrl: "https://launched.example.edu/m",
  });
  await course(OLD_COURSE.replace(/11$/, "13"), {
    membershipsUrl: "https://archived.example.edu/m",
    archivedAt: new Date(),
  });
  await sql(
    `INSERT INTO course_change (course_id, source, changes) VALUES
       ($1, 'launch', '{"membershipsUrl": {"from": null, "to": "https://launched.example.edu/m"}}'),
       ($1, 'api', '{"membershipsUrl": {"from": null, "to": "https://once.example.edu/m"}}'),
       ($1, 'launch', '{"title": {"from": null, "to": "https://title.example.edu/m"}}')`,
    [OLD_COURSE.replace(/11$/, "12")],
  );
  return new URL(other(platform.url)).origin;
}

test("an installation with courses goes on syncing, and its admin sees what was taken over", async () => {
  const handMade = await insertInstallation();
  await migrate(database.url);
  const rows = await sql(
    `SELECT origin, state::text, source, decided_by FROM service_origin ORDER BY origin`,
  );
  const taken = (origin: string, source: string) => ({
    origin,
    state: "approved",
    source,
    decided_by: null,
  });
  expect(rows).toEqual([
    taken("http://keys.example.edu", "registration"),
    taken(handMade, "upgrade"),
    taken("https://canvas.instructure.com", "registration"),
    taken("https://launched.example.edu", "launch"),
    taken("https://sso.example.edu", "registration"),
  ]);
  const db = createDb({ url: database.url, maxConnections: 20 });
  const drop = async () => {
    await db.close();
    await database.drop();
  };
  installation = await startInstallation({ database: { url: database.url, db, drop } });
  const keys = await publishedJwks(db);
  const { jwksUrl } = await platform.hostToolJwks({ name: "old", jwks: { keys } });
  await platform.addRegistration({ clientId: "old", jwksUrl });
  const target = { registrationId: REGISTRATION, courseId: OLD_COURSE };
  const { id } = await startRun(installation, "roster_sync", target);
  expect(await finished(installation, id)).toMatchObject({ state: "succeeded", errorCode: null });
  const members = await db.prisma.membership.count({ where: { courseId: OLD_COURSE } });
  expect(members).toBe(4);
});
