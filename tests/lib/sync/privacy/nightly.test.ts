import { afterAll, beforeAll, expect, test } from "vitest";
import { claimPass, readLastPass, readRetention, saveRetention } from "#lib/db/privacy/settings.ts";
import { verifyAudit } from "#lib/operations/audit/verify.ts";
import { lastNight, removeOld } from "#lib/sync/privacy/nightly.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { operatorOf } from "#tests/support/rosters.ts";
import { plant } from "../../operations/privacy/planted.ts";

let installation: Installation;
beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
});
afterAll(() => installation.stop());

const DAY_MS = 86_400_000;
const COUNTED = {
  rosterChange: "roster_change",
  scoreOutcome: "score_outcome",
  runEvent: "run_event",
  tokenRequest: "token_request",
  connectionTest: "connection_test",
  launchSession: "launch_session",
  gradeCheck: "grade_check",
  auditEntry: "audit_entry",
} as const;

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const [name, table] of Object.entries(COUNTED)) {
    const { rows } = await installation.db.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${table}`,
    );
    found[name] = rows[0]!.n;
  }
  return found;
}

test("what is young stays, what is old goes, and what waits for a decision stays", async () => {
  const { db } = installation;
  const { courseId, registrationId } = await plant(db, "left-long-ago-1", "Leftina");
  await db.prisma.membership.updateMany({
    where: { courseId, userId: "left-long-ago-1" },
    data: { removedAt: new Date() },
  });
  await db.prisma.connectionTest.create({ data: { registrationId, startedBy: "x" } });
  const before = await counts();
  await removeOld(db, new Date());
  expect(await counts()).toEqual(before);

  const inThreeYears = new Date(Date.now() + 3 * 365 * DAY_MS);
  const pass = await removeOld(db, inThreeYears);
  expect(await counts()).toEqual({
    rosterChange: before["rosterChange"],
    scoreOutcome: 0,
    runEvent: 0,
    tokenRequest: 0,
    connectionTest: 1,
    launchSession: 0,
    gradeCheck: 0,
    auditEntry: 0,
  });
  expect(pass.removed).toMatchObject({ leftMembers: 1, outcomes: 1, events: 1, audit: 1 });
  expect(await readLastPass(db)).toEqual(pass);
  const members = await db.prisma.membership.findMany({
    where: { courseId },
    orderBy: { userId: "asc" },
  });
  expect(members).toMatchObject([
    { userId: "left-long-ago-1", name: null, email: null, picture: null },
    { userId: "teacher-1", name: "Tess Cher" },
  ]);
  expect(await db.prisma.person.count({ where: { registrationId } })).toBe(0);
  expect((await verifyAudit(operatorOf(installation))).broken).toBeNull();

  await db.prisma.hold.updateMany({ data: { state: "discarded" } });
  await removeOld(db, inThreeYears);
  expect((await counts())["rosterChange"]).toBe(0);
});

test("what is kept for ever stays", async () => {
  const { db } = installation;
  await plant(db, "kept-for-ever-1", "Keptina");
  const none = Object.fromEntries(Object.keys(await readRetention(db)).map((name) => [name, null]));
  await saveRetention(db, none as never);
  const before = await counts();
  await removeOld(db, new Date(Date.now() + 3_650 * DAY_MS));
  expect(await counts()).toEqual(before);
});

test("one pass is begun a night, by one process, and none in the night of the upgrade", async () => {
  const { db } = installation;
  await db.prisma.setting.deleteMany({ where: { key: "privacy.last_pass" } });
  const now = new Date("2026-11-30T04:00:00Z");
  expect(lastNight(now)).toEqual(new Date("2026-11-30T03:00:00Z"));
  expect(lastNight(new Date("2026-11-30T02:00:00Z"))).toEqual(new Date("2026-11-29T03:00:00Z"));
  expect(await claimPass(db, now, lastNight(now))).toBe(false);
  expect(await readLastPass(db)).toBeNull();
  const tomorrow = new Date("2026-12-01T03:10:00Z");
  const claims = [1, 2, 3].map(() => claimPass(db, tomorrow, lastNight(tomorrow)));
  expect((await Promise.all(claims)).sort()).toEqual([false, false, true]);
});
