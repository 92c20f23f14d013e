import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { MEMBER_COLUMNS, PERSONAL_COLUMNS } from "#lib/db/rosters/columns.ts";
import { COPIES, OWN_ROWS } from "#lib/db/privacy/holdings.ts";
import { noteListedAgain } from "#lib/db/privacy/erased.ts";
import { recordOutcomes } from "#lib/db/scores/outcomes.ts";
import { scoresInFlight } from "#lib/db/scores/outbox.ts";
import { verifyAudit } from "#lib/operations/audit/verify.ts";
import { readFeed } from "#lib/operations/feed/feed.ts";
import { erasePerson, exportPerson, listErasedPeople } from "#lib/operations/privacy/people.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { placesOf, plant, type Planted } from "./planted.ts";

let installation: Installation;
let operator: Caller;
let planted: Planted;
let other: Planted;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  operator = operatorOf(installation);
  other = await plant(installation.db, "another-person-1", "Otherwen");
  planted = await plant(installation.db, "planted-7f3a91", "Zebedee");
});
afterAll(() => installation.stop());

/** Tables without any text or JSON about people in an LMS. */
const NO_PEOPLE = [
  ...["access_token", "account", "api_key", "audit_anchor", "audit_link", "bulk_target"],
  ...["call_slot", "deployment", "jwks_fetch", "launch", "platform_pacing", "proof_count"],
  ...["roster_lock", "run_batch", "service_origin", "session", "setting", "sign_in_attempts"],
  ...["signing_key", "token_use", "user", "verification", "worker", "_prisma_migrations"],
  ...["erased_person", "sign_in_link", "used_sign_in_state", "webhook_endpoint"],
  ...["recovery_code", "totp", "passkey", "course_group"],
  // A view, for the version before.
  "platform_flow",
];
/** Columns of tables with people that have none themselves. */
const STRUCTURE =
  /^(registration\.(?!paused_by)|course\.(?!paused_by|\w+_error_(message|detail))|line_item\.(?!deleted_by)|run\.error_code|run_course\.error_code|run_event\.(level|kind)|connection_test\.verdict|score\.(activity_progress|grading_progress|error_code)|score_outcome\.error_code|schedule\.(cron|time_zone|blackouts)|bulk_operation\.(action|state)|saved_view\.(owner_id|list)|idempotency_key\.(actor|key|request_hash)|notice\.(jti|type)|hold\.rule|token_request\.(error_code|\w+_scopes)|feed_entry\.type|alert\.(cause|kind|code|registration_name|title|owner|path)|alert_message\.news|alert_rule\.(addresses|kinds|quiet_from|quiet_to|time_zone)|imported_key\.(kid|public_jwk|sealed_private_jwk)|webhook_delivery\.(event_id|type|reason)|registration_draft\.(operator_id|profile|step)|registration_invitation\.(token_hash|name|profile))/;

test("every column of text or JSON is known to hold people or not to", async () => {
  const { rows } = await installation.db.pool.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND (data_type IN ('text', 'jsonb', 'json', 'character varying') OR udt_name = '_text')`,
  );
  const whole = new Set([...NO_PEOPLE, ...OWN_ROWS.map(({ table }) => table), "audit_entry"]);
  whole.delete("score");
  whole.delete("score_outcome");
  whole.delete("feed_entry");
  const listed = new Set(
    [...COPIES].flatMap(({ table, text = [], json = [] }) =>
      [...text, ...json].map((column) => `${table}.${column}`),
    ),
  );
  for (const column of [
    "score.user_id",
    "score.scoring_user_id",
    "score_outcome.user_id",
    "feed_entry.subjects",
  ])
    listed.add(column);
  const unknown = rows
    .filter(({ table }) => !whole.has(table))
    .map(({ table, column }) => `${table}.${column}`)
    .filter((name) => !listed.has(name) && !STRUCTURE.test(name));
  expect(unknown).toEqual([]);
});

test("every column of a member is known to tell who somebody is or not to", async () => {
  const { rows } = await installation.db.pool.query<{ column: string }>(
    `SELECT column_name AS column FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = 'membership'`,
  );
  const known = [
    ...MEMBER_COLUMNS.map(({ column }) => column as string),
    ...["course_id", "user_id", "first_seen_at", "changed_at", "removed_at", "last_seen_at"],
    "launch_roles",
  ];
  expect(rows.map(({ column }) => column).sort()).toEqual(known.sort());
});

test("a person is planted in every table and copy that is known to hold people", async () => {
  const places = await placesOf(installation.db, planted.words);
  for (const { table, text = [], json = [] } of COPIES)
    for (const column of [...text, ...json]) expect(places).toContain(`${table}.${column}`);
  for (const { column } of PERSONAL_COLUMNS) expect(places).toContain(`membership.${column}`);
  for (const { table } of OWN_ROWS)
    expect(places).toContainEqual(expect.stringMatching(new RegExp(`^${table}\\.`)));
});

test("an export has everything that is held, and nothing of it enters the audit", async () => {
  const { registrationId, userId } = planted;
  const held = await exportPerson(operator, { registrationId, userId });
  expect(held.rows["membership"]).toMatchObject([{ email: "zebedee@planted.example" }]);
  expect(held.rows["score"]).toHaveLength(2);
  expect(Object.keys(held.rows).sort()).toEqual(
    [...new Set(OWN_ROWS.flatMap(({ table, isShared }) => (isShared ? [] : [table])))].sort(),
  );
  const mentioned = new Set(held.mentions.map(({ table, column }) => `${table}.${column}`));
  for (const { table, text = [], json = [] } of COPIES)
    for (const column of [...text, ...json]) expect(mentioned).toContain(`${table}."${column}"`);
  expect(mentioned).toContain("audit_entry.detail");
});

test("an erased person is found nowhere in the database, and everybody else stays", async () => {
  const { registrationId, courseId, userId, words } = planted;
  const erased = await erasePerson(operator, { registrationId, userId });
  // What the other person's copies say of this one is gone as well.
  expect(await placesOf(installation.db, words)).toEqual([]);
  expect(erased.touched).toMatchObject({ membership: 1, person: 1, launch_session: 1 });

  const { prisma } = installation.db;
  const scores = await prisma.score.findMany({
    where: { lineItem: { courseId } },
    orderBy: { userId: "asc" },
  });
  expect(scores).toMatchObject([
    { userId: erased.pseudonym, scoreGiven: 7, state: "sent", comment: null },
    { userId: "teacher-1", scoreGiven: 7, scoringUserId: erased.pseudonym },
  ]);
  const members = await prisma.membership.findMany({
    where: { courseId },
    orderBy: { userId: "asc" },
  });
  expect(members).toMatchObject([
    { userId: erased.pseudonym, name: null, removedAt: expect.any(Date) },
    { userId: "teacher-1", name: "Tess Cher", removedAt: null },
  ]);
  const stays = await prisma.membership.findMany({ where: { courseId: other.courseId } });
  expect(stays.map((each) => each.userId).sort()).toEqual(["another-person-1", "teacher-1"]);
  expect((await placesOf(installation.db, other.words)).length).toBeGreaterThan(COPIES.length);
  expect((await prisma.runCourse.findFirst({ where: { courseId } }))?.quarantined).toEqual([
    { userId: "teacher-1" },
  ]);
  await expect(exportPerson(operator, { registrationId, userId })).rejects.toMatchObject({
    code: "operation.not_found",
  });
});

test("the audit is whole after an erasure, and a change behind its back still shows", async () => {
  expect((await verifyAudit(operator)).broken).toBeNull();
  const { pool } = installation.db;
  const change = (on: string) =>
    pool.query(`ALTER TABLE audit_entry ${on} TRIGGER audit_entry_stays`);
  await expect(pool.query("UPDATE audit_entry SET actor = 'x'")).rejects.toThrow(/only added to/);
  const sql =
    "UPDATE audit_entry SET actor = $1 WHERE action = 'run.start' AND object_id LIKE 'erased:%' RETURNING id";
  await change("DISABLE");
  const { rows } = await pool.query<{ id: string }>(sql, ["somebody"]);
  await change("ENABLE");
  expect((await verifyAudit(operator)).broken).toEqual({
    entryId: String(rows[0]!.id),
    reason: "entry_changed",
  });
});

test("a roster that lists the person again is noticed, by hash", async () => {
  const { courseId, userId } = planted;
  const { prisma } = installation.db;
  expect(await noteListedAgain(installation.db)).toBe(0);
  expect((await listErasedPeople(operator)).items[0]).toMatchObject({ listedAgainAt: null });
  await prisma.membership.create({ data: { courseId, userId, roles: ["Learner"] } });
  await prisma.runCourse.updateMany({ where: { courseId }, data: { finishedAt: new Date() } });
  expect(await noteListedAgain(installation.db)).toBe(1);
  expect((await listErasedPeople(operator)).items[0]).toMatchObject({
    listedAgainAt: expect.any(String),
  });
});

test("a short user ID is erased as a whole value, and stays in numbers and words", async () => {
  const { db } = installation;
  const { registrationId, courseId, words } = await plant(db, "5", "Fivelina");
  await db.prisma.runEvent.updateMany({
    where: { run: { registrationId } },
    data: { message: "5 members of 15", detail: { userId: "5", members: 15, share: "15" } },
  });
  const { pseudonym } = await erasePerson(operator, { registrationId, userId: "5" });
  expect(await placesOf(db, words)).toEqual([]);
  expect(await db.prisma.runEvent.findFirst({ where: { run: { registrationId } } })).toMatchObject({
    message: "5 members of 15",
    detail: { userId: pseudonym, members: 15, share: "15" },
  });
  expect(await db.prisma.score.count({ where: { userId: "5", lineItem: { courseId } } })).toBe(0);
});

test("a numeric user ID is no part of a UUID, of a longer ID, of an address or of a count", async () => {
  const { db } = installation;
  const { registrationId, words } = await plant(db, "20414377", "Sevena");
  const message =
    "user 20414377, not 120414377, 20414377-1c7b-4000-8000-000000000000 or u_20414377";
  const detail = {
    userId: "20414377",
    of: ["20414377", "204143771", "course-20414377"],
    url: "https://lms.example.edu/users/20414377?of=20414377",
    members: 20414377,
    "20414377": { note: "20414377 said “20414377.”" },
  };
  const where = { run: { registrationId } };
  await db.prisma.runEvent.updateMany({ where, data: { message, detail } });
  const { pseudonym } = await erasePerson(operator, { registrationId, userId: "20414377" });
  expect(await db.prisma.runEvent.findFirst({ where })).toMatchObject({
    message: message.replace("20414377", pseudonym),
    detail: {
      userId: pseudonym,
      of: [pseudonym, "204143771", "course-20414377"],
      url: `https://lms.example.edu/users/${pseudonym}?of=${pseudonym}`,
      members: 20414377,
      [pseudonym]: { note: `${pseudonym} said “${pseudonym}.”` },
    },
  });
  const others = words.filter((word) => word !== "20414377");
  expect(await placesOf(db, others)).toEqual([]);
});

test("applications that follow the feed are told of an erasure in each course, by hash", async () => {
  const { db } = installation;
  const { registrationId, courseId, userId, words } = await plant(db, "told-by-hash-3", "Hashim");
  const { nextCursor: after } = await readFeed(operator, { after: "now" });
  const { pseudonym } = await erasePerson(operator, { registrationId, userId });
  const { items } = await readFeed(operator, { after, types: ["person.erased"] });
  expect(items).toMatchObject([{ registrationId, courseId, member: null, data: { pseudonym } }]);
  const { salt, userIdSha256 } = items[0]!.data as { salt: string; userIdSha256: string };
  const hashOf = (id: string) =>
    createHash("sha256").update(Buffer.from(salt, "hex")).update(id).digest("hex");
  expect([hashOf("teacher-1"), hashOf(userId)].indexOf(userIdSha256)).toBe(1);
  for (const word of words) expect(JSON.stringify(items)).not.toContain(word);
});

test("what is answered for a score leaves nothing of a person who was erased meanwhile", async () => {
  const { db } = installation;
  const { registrationId, courseId, userId, words } = await plant(db, "in-flight-8c2", "Quillon");
  const { id: runId } = await db.prisma.run.findFirstOrThrow({ where: { courseId } });
  await db.prisma.run.update({ where: { id: runId }, data: { state: "running", lease: 1 } });
  await db.pool.query(
    "UPDATE score SET state = 'sending', run_id = $1, submission = NULL WHERE user_id = $2",
    [runId, userId],
  );
  const sending = await scoresInFlight(db, runId);
  expect(sending).toHaveLength(2);
  const { pseudonym } = await erasePerson(operator, { registrationId, userId });
  const outcomes = sending.map((score) => {
    const { timestamp } = score;
    return { score, batch: 0, to: "sent", outcome: "sent", timestamp } as const;
  });
  const lease = { runId, lease: 1, registrationId, courseId };
  await recordOutcomes(db, lease, outcomes, [], undefined);
  expect(await placesOf(db, words)).toEqual([]);
  const scores = await db.prisma.score.findMany({
    where: { lineItem: { courseId }, userId: { not: "teacher-1" } },
  });
  expect(scores).toMatchObject([{ userId: pseudonym, state: "sent", scoreGiven: 7 }]);
});
