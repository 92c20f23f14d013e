import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Registration } from "#lib/db/generated/client.ts";
import {
  acknowledgeAlert,
  createAlertRule,
  editAlertRule,
  getAlerts,
} from "#lib/operations/alerts/alerts.ts";
import { sendDue } from "#lib/operations/alerts/deliver.ts";
import { saveMailServer } from "#lib/operations/alerts/mail-server.ts";
import type { AlertRuleInput } from "#lib/operations/alerts/schema.ts";
import { watch } from "#lib/operations/alerts/watch.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { readFeed } from "#lib/operations/feed/feed.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { type MailReceiver, startMailReceiver } from "#tests/support/mail-receiver.ts";

const MINUTE_MS = 60_000;

let mail: MailReceiver;
let installation: Installation;
let caller: Caller;
let now: Date;

beforeAll(async () => void (mail = await startMailReceiver()));
afterAll(() => mail.stop());
beforeEach(async () => {
  Object.assign(mail, { received: [], refusal: null });
  installation = await startInstallation({ isWorker: false });
  now = new Date();
  caller = callerOf(installation, () => now);
  const { port } = mail;
  const from = "rollbook@example.edu";
  await saveMailServer(caller, { host: "127.0.0.1", port, security: "none", from });
  return () => installation.stop();
});

const rule = (more: Partial<AlertRuleInput> = {}) =>
  createAlertRule(caller, { name: "Operators", addresses: ["lti@example.edu"], ...more });

/** A registration with courses whose last roster failed for one cause. */
async function failing(courses: number, code = "lti.access_denied"): Promise<Registration> {
  const { prisma } = installation.db;
  const registration = await prisma.registration.create({
    data: {
      name: `College ${crypto.randomUUID()}`,
      issuer: "https://lms.example.edu",
      clientId: crypto.randomUUID(),
      tokenEndpoint: "https://lms.example.edu/token",
      authorizationEndpoint: "https://lms.example.edu/auth",
      jwksUrl: "https://lms.example.edu/jwks",
      deployments: { create: { deploymentId: "1" } },
    },
    include: { deployments: true },
  });
  const run = await prisma.run.create({
    data: {
      kind: "roster_sync",
      registrationId: registration.id,
      trigger: "operator",
      startedBy: "x",
    },
  });
  await prisma.course.createMany({
    data: Array.from({ length: courses }, (_, index) => ({
      registrationId: registration.id,
      deploymentId: registration.deployments[0]!.id,
      contextId: `c-${index}`,
      title: `Course ${index}`,
      rosterRunId: run.id,
    })),
  });
  await fail(registration, code);
  return registration;
}

const fail = ({ id }: Registration, code: string | null) =>
  installation.db.prisma.course.updateMany({
    where: { registrationId: id },
    data: {
      rosterState: code === null ? "succeeded" : "failed",
      rosterErrorCode: code,
      rosterErrorMessage: code && "the platform denied access",
      rosterEndedAt: now,
    },
  });

const pass = (ms: number) => (now = new Date(now.getTime() + ms));
const look = async () => {
  await watch(caller);
  await sendDue(caller);
};
const subjects = () =>
  mail.received.map(({ text }) =>
    /^Subject: (.*(?:\r\n .*)*)/m.exec(text)![1]!.replaceAll("\r\n", ""),
  );

test("41 courses with one cause are one alert and one mail, and one when it is well", async () => {
  await rule();
  const college = await failing(41);
  await look();
  await look();
  expect(mail.received).toHaveLength(1);
  expect(mail.received[0]!.to).toEqual(["lti@example.edu"]);
  expect(mail.received[0]!.text).toContain("Courses: 41");
  const board = await getAlerts(caller);
  expect(board.open).toMatchObject([{ kind: "failure", code: "lti.access_denied", courses: 41 }]);
  expect(board.open[0]!.lastSentAt).not.toBeNull();

  await fail(college, null);
  await look();
  expect(mail.received).toHaveLength(1);
  pass(2 * MINUTE_MS);
  await look();
  await look();
  expect(mail.received).toHaveLength(2);
  expect(subjects()[1]).toContain("Well again");
  const after = await getAlerts(caller);
  expect(after.open).toEqual([]);
  expect(after.closed).toHaveLength(1);
});

test("another cause, and another registration, are alerts of their own", async () => {
  const college = await failing(3);
  await failing(2);
  await rule();
  await look();
  expect(mail.received).toHaveLength(2);
  await installation.db.prisma.course.updateMany({
    where: { registrationId: college.id, contextId: "c-0" },
    data: { rosterErrorCode: "lti.token_refused" },
  });
  await look();
  expect(mail.received).toHaveLength(3);
});

test("a rule tells of its kinds and registrations alone", async () => {
  const college = await failing(1);
  await failing(1);
  await rule({ name: "one", addresses: ["one@example.edu"], registrationIds: [college.id] });
  await rule({ name: "other", addresses: ["other@example.edu"], kinds: ["hold"] });
  await look();
  expect(mail.received.map(({ to }) => to)).toEqual([["one@example.edu"]]);
});

test("several processes at once send one mail", async () => {
  await rule();
  await failing(5);
  await Promise.all([look(), look(), look(), look()]);
  expect(mail.received).toHaveLength(1);
  expect((await getAlerts(caller)).open).toHaveLength(1);
});

test("what the server does not take is sent again, and is sent after a process was killed", async () => {
  await rule();
  await failing(1);
  mail.refusal = Object.assign(new Error("try later"), { responseCode: 451 });
  await look();
  expect(mail.received).toHaveLength(0);
  expect((await getAlerts(caller)).messages).toMatchObject([
    { state: "waiting", attempts: 1, problem: expect.stringContaining("try later") },
  ]);
  mail.refusal = null;
  // A process took it, and was killed before it was sent.
  const over = new Date(Date.now() - 1_000);
  await installation.db.prisma.alertMessage.updateMany({
    data: { leasedUntil: over, nextAt: over },
  });
  await look();
  expect(mail.received).toHaveLength(1);
  expect((await getAlerts(caller)).messages).toMatchObject([{ state: "sent", attempts: 2 }]);
  pass(2 * 86_400_000);
  await look();
  expect(mail.received).toHaveLength(1);
});

test("a message is given up after a day, and says so", async () => {
  await rule();
  await failing(1);
  mail.refusal = new Error("never");
  await look();
  const long = new Date(Date.now() - 2 * 86_400_000);
  await installation.db.prisma.alertMessage.updateMany({ data: { createdAt: long, nextAt: long } });
  await look();
  expect((await getAlerts(caller)).messages).toMatchObject([{ state: "failed" }]);
});

test("in quiet hours it waits, and what is well again by then is not told", async () => {
  now = new Date("2026-11-30T23:00:00.000Z");
  await rule({ quietFrom: "22:00", quietTo: "07:00", timeZone: "UTC" });
  const college = await failing(1);
  await look();
  expect(mail.received).toHaveLength(0);
  const [waiting] = (await getAlerts(caller)).messages;
  expect(waiting).toMatchObject({ state: "waiting", nextAt: "2026-12-01T07:00:00.000Z" });
  await fail(college, null);
  pass(2 * MINUTE_MS);
  await look();
  expect((await getAlerts(caller)).messages).toEqual([]);
  expect(mail.received).toHaveLength(0);
});

test("a rule that was changed meanwhile is not changed by who has not seen that", async () => {
  const { id: ruleId, version } = await rule();
  const seen = { ruleId, ifVersion: [version] };
  const changed = await editAlertRule(caller, { ...seen, addresses: ["ops@example.edu"] });
  expect(changed).toMatchObject({ name: "Operators", addresses: ["ops@example.edu"] });
  await expect(editAlertRule(caller, { ...seen, name: "Others" })).rejects.toMatchObject({
    code: "operation.version_mismatch",
    version: changed.version,
    current: { addresses: ["ops@example.edu"] },
  });
  const again = await editAlertRule(caller, {
    ruleId,
    ifVersion: [changed.version],
    kinds: ["key"],
  });
  expect(again).toMatchObject({ kinds: ["key"], addresses: ["ops@example.edu"] });
});

test("somebody looks after it: it stays open, and says who", async () => {
  await failing(1);
  await look();
  const [alert] = (await getAlerts(caller)).open;
  await acknowledgeAlert(caller, { alertId: alert!.id });
  const [after] = (await getAlerts(caller)).open;
  expect(after!.acknowledgedBy).not.toBeNull();
  const actions = await installation.db.prisma.auditEntry.findMany({ where: { object: "alert" } });
  expect(actions.map(({ action }) => action)).toEqual(["alert.acknowledge"]);
});

test("the feed tells of alerts, and that a registration begins to fail and is well again", async () => {
  const college = await failing(2);
  await look();
  await fail(college, null);
  pass(2 * MINUTE_MS);
  await look();
  const { items } = await readFeed(caller, {
    types: ["alert.opened", "alert.closed", "registration.health_changed"],
  });
  expect(items.map(({ type, data }) => [type, data["isHealthy"]])).toEqual([
    ["alert.opened", undefined],
    ["registration.health_changed", false],
    ["alert.closed", undefined],
    ["registration.health_changed", true],
  ]);
});

test("a webhook that was disabled by its receiver is an alert", async () => {
  await rule();
  await installation.db.prisma.webhookEndpoint.create({
    data: {
      name: "Grade book",
      url: "https://tool.example.edu/hook",
      hasNames: false,
      sealedSecret: "s",
      told: 0n,
      createdBy: "x",
      disabledAt: now,
      disabledReason: "gone",
    },
  });
  await look();
  expect(subjects()).toEqual(["[Rollbook] Webhook Grade book is disabled"]);
});
