import { COPIES } from "#lib/db/privacy/holdings.ts";
import type { Database } from "#lib/db/client.ts";
import type { Prisma } from "#lib/db/generated/client.ts";

export type Planted = { registrationId: string; courseId: string; userId: string; words: string[] };

/** Nothing else in a database is called so. */
const namesOf = (first: string) => ({
  name: `${first} ${first}feather`,
  givenName: first,
  middleName: `${first}middle`,
  familyName: `${first}feather`,
});
const addressesOf = (first: string) => ({
  email: `${first.toLowerCase()}@planted.example`,
  picture: `https://planted.example/${first}.png`,
  lisPersonSourcedId: `SIS-${first}-77`,
  lti11LegacyUserId: `LEGACY-${first}-77`,
});

/** One person in every table and in every column that may speak of people. */
export async function plant(db: Database, userId: string, first: string): Promise<Planted> {
  const names = namesOf(first);
  const addresses = addressesOf(first);
  const oldName = `${first} Formername`;
  const { prisma } = db;
  const registration = await prisma.registration.create({
    data: {
      name: "Planted",
      issuer: `https://${crypto.randomUUID()}.example.edu`,
      clientId: "c",
      tokenEndpoint: "https://lms.example.edu/token",
      authorizationEndpoint: "https://lms.example.edu/auth",
      jwksUrl: "https://lms.example.edu/jwks",
    },
  });
  const { id: registrationId } = registration;
  const deployment = await prisma.deployment.create({
    data: { registrationId, deploymentId: "1" },
  });
  const course = await prisma.course.create({
    data: { registrationId, deploymentId: deployment.id, contextId: "ctx", title: "Course" },
  });
  const { id: courseId } = course;
  const run = await prisma.run.create({
    data: { kind: "roster_sync", registrationId, courseId, trigger: "operator", startedBy: "x" },
  });
  const { id: runId } = run;
  const member = { courseId, roles: ["Learner"] };
  await prisma.membership.create({ data: { ...member, userId, ...names, ...addresses } });
  await prisma.membership.create({ data: { ...member, userId: "teacher-1", name: "Tess Cher" } });
  await prisma.person.create({
    data: {
      registrationId,
      userId,
      name: names.name,
      email: addresses.email,
      courseIds: [courseId],
    },
  });
  await prisma.personDue.create({ data: { courseId, since: new Date(), after: userId } });
  await prisma.rosterChange.create({
    data: {
      ...{ runId, courseId, userId, kind: "changed" },
      fields: { name: { from: oldName, to: names.name }, givenName: { to: names.givenName } },
    },
  });
  await prisma.feedEntry.create({
    data: { type: "member.changed", registrationId, courseId, subjects: ["teacher-1", userId] },
  });
  const lineItem = await prisma.lineItem.create({
    data: { courseId, url: "https://lms.example.edu/li", scoreMaximum: 10 },
  });
  const second = await prisma.lineItem.create({
    data: { courseId, url: "https://lms.example.edu/li2", scoreMaximum: 10 },
  });
  const lineItemId = lineItem.id;
  const progress = { activityProgress: "Completed", gradingProgress: "FullyGraded" };
  const score = { ...progress, timestamp: new Date(), scoreGiven: 7, scoreMaximum: 10 };
  const sent = {
    state: "sent",
    sentAt: new Date(),
    sentScoreGiven: 7,
    sentScoreMaximum: 10,
  } as const;
  const own = await prisma.score.create({
    data: { ...score, ...sent, lineItemId, userId, comment: "well done", submission: { a: 1 } },
  });
  await prisma.score.create({ data: { ...score, lineItemId: second.id, userId } });
  await prisma.score.create({
    data: { ...score, ...sent, lineItemId, userId: "teacher-1", scoringUserId: userId },
  });
  await prisma.scoreOutcome.create({
    data: { runId, scoreId: own.id, userId, batch: 1, kind: "sent", timestamp: new Date() },
  });
  await prisma.foreignResult.create({
    data: { lineItemId, userId, resultScore: 1, resultMaximum: 10 },
  });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await prisma.launchSession.create({
    data: { tokenHash: `h-${courseId}`, courseId, userId, roles: [], expiresAt },
  });
  await prisma.gradeCheck.create({ data: { courseId, userId, askedAt: new Date() } });
  await rowsOfCopies(db, { registrationId, courseId, runId });
  const said = `${names.name} <${addresses.email}> was here`;
  const whole = { userId, was: oldName, text: said, deep: [{ picture: addresses.picture }] };
  await fillCopies(db, {
    registrationId,
    said: userId.length < 6 ? said : `${said} as ${userId}`,
    whole,
  });
  await prisma.runCourse.updateMany({
    where: { courseId },
    data: { quarantined: [{ userId, given_name: names.givenName }, { userId: "teacher-1" }] },
  });
  await prisma.auditEntry.create({
    data: {
      actor: `${names.name}, in the LMS`,
      source: "system",
      action: "run.start",
      object: "member",
      objectId: userId,
      detail: whole,
    },
  });
  const words = [...Object.values(names), ...Object.values(addresses), oldName];
  return {
    registrationId,
    courseId,
    userId,
    words: userId.length < 6 ? words : [userId, ...words],
  };
}

/** A row at least in every table that has copies. */
async function rowsOfCopies(
  { prisma }: Database,
  { registrationId, courseId, runId }: { registrationId: string; courseId: string; runId: string },
): Promise<void> {
  await prisma.runFollowUp.create({
    data: { runId, trigger: "operator", startedBy: "x" } as Prisma.RunFollowUpUncheckedCreateInput,
  });
  await prisma.runCourse.create({ data: { runId, courseId, position: 0, finishedAt: new Date() } });
  await prisma.runEvent.create({ data: { runId, kind: "k", message: "m" } });
  await prisma.courseChange.create({ data: { courseId, source: "x", changes: {} } });
  await prisma.connectionTest.create({ data: { registrationId, startedBy: "x" } });
  const bulk = { action: "courses.sync", filter: {}, total: 0, startedBy: "x", actor: {} };
  await prisma.bulkOperation.create({ data: bulk });
  const user = await prisma.user.create({
    data: {
      id: crypto.randomUUID(),
      name: "Ada",
      email: `${registrationId}@example.edu`,
    } as Prisma.UserUncheckedCreateInput,
  });
  await prisma.savedView.create({
    data: { ownerId: user.id, list: "runs", name: registrationId, query: "q=x" },
  });
  await prisma.idempotencyKey.create({
    data: { actor: "a", key: registrationId, requestHash: "h", response: {} },
  });
  await prisma.notice.create({
    data: { registrationId, jti: registrationId, type: "t", payload: {} },
  });
  await prisma.hold.create({
    data: { runId, courseId, registrationId, rule: "share", removals: 1, membersBefore: 2 },
  });
  await prisma.schedule.create({
    data: {
      registrationId,
      kind: "roster_sync",
      cron: "0 3 * * *",
      timeZone: "UTC",
      createdBy: "x",
    },
  });
  await prisma.tokenRequest.create({
    data: {
      registrationId,
      reason: "first",
      requestedScopes: [],
      grantedScopes: [],
      durationMs: 1,
    },
  });
  await prisma.alertMessage.create({
    data: {
      news: "opened",
      nextAt: new Date(),
      rule: { create: { name: "r", addresses: ["lti@example.edu"], createdBy: "x" } },
      alert: {
        create: {
          ...{ cause: "c", kind: "failure", code: "x", title: "t", message: "m", owner: "o" },
          ...{ path: "/", count: 1, courses: 1, openedAt: new Date(), seenAt: new Date() },
        },
      },
    },
  });
  await prisma.importedKey.create({
    data: {
      registrationId,
      kid: "k",
      publicJwk: {},
      sealedPrivateJwk: "s",
      importedBy: "x",
    },
  });
  await prisma.webhookEndpoint.create({
    data: {
      name: "n",
      url: "https://tool.example.edu",
      hasNames: true,
      sealedSecret: "s",
      told: 0n,
      createdBy: "x",
      deliveries: {
        create: {
          eventId: "change_1",
          type: "member.added",
          reason: "change",
          attempt: 1,
          isDelivered: true,
          milliseconds: 1,
        },
      },
    },
  });
  await prisma.registrationDraft.create({
    data: { operatorId: user.id, profile: "other", step: "1", values: {} },
  });
  await prisma.registrationInvitation.create({
    data: {
      tokenHash: registrationId,
      name: "n",
      createdBy: "x",
      expiresAt: new Date(),
    } as Prisma.RegistrationInvitationUncheckedCreateInput,
  });
}

async function fillCopies(
  { pool }: Database,
  { registrationId, said, whole }: { registrationId: string; said: string; whole: object },
): Promise<void> {
  // A value of its own in each row: some of these columns are unique.
  for (const { table, key, text = [], json = [], within } of COPIES) {
    const sets = [
      ...text.map((column) => `"${column}" = $2::text || ' ' || ${key}`),
      ...json.map((column) => `"${column}" = $3::jsonb`),
    ];
    const used = "$1::text IS NOT NULL AND $2::text IS NOT NULL AND $3::text IS NOT NULL";
    await pool.query(
      `UPDATE "${table}" SET ${sets.join(", ")} WHERE ${used} AND (${within ?? "true"})`,
      [registrationId, said, JSON.stringify(whole)],
    );
  }
}

/** Where in all tables of all schemas one of these words stands: a search of the dump. */
export async function placesOf({ pool }: Database, words: string[]): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
      WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const places = new Set<string>();
  for (const { name } of tables) {
    const { rows } = await pool.query<{ column: string }>(
      `SELECT DISTINCT each.key AS column FROM ${name} t, jsonb_each_text(to_jsonb(t)) each,
              unnest($1::text[]) word WHERE strpos(each.value, word) > 0`,
      [words],
    );
    for (const { column } of rows) places.add(`${name.replace(/^public\./, "")}.${column}`);
  }
  return [...places].sort();
}
