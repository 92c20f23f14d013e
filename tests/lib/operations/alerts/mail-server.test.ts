import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import {
  createAlertRule,
  deleteAlertRule,
  getAlerts,
  testAlertRule,
} from "#lib/operations/alerts/alerts.ts";
import { sendDue } from "#lib/operations/alerts/deliver.ts";
import { saveMailServer } from "#lib/operations/alerts/mail-server.ts";
import { watch } from "#lib/operations/alerts/watch.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import {
  MAIL_PASSWORD,
  type MailReceiver,
  startMailReceiver,
} from "#tests/support/mail-receiver.ts";

let mail: MailReceiver;
let installation: Installation;
let caller: Caller;

beforeAll(async () => void (mail = await startMailReceiver()));
afterAll(() => mail.stop());
beforeEach(async () => {
  Object.assign(mail, { received: [], refusal: null });
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  await serverWith({});
  return () => installation.stop();
});

const serverWith = (more: { user?: string; password?: string }) =>
  saveMailServer(caller, {
    host: "127.0.0.1",
    port: mail.port,
    security: "none",
    from: "rollbook@example.edu",
    ...more,
  });

const rule = () => createAlertRule(caller, { name: "Operators", addresses: ["lti@example.edu"] });

test("a test is sent at once, by the same way, with the password that is kept sealed", async () => {
  await serverWith({ user: "rollbook", password: "wrong" });
  const { id: ruleId } = await rule();
  const wrong = await testAlertRule(caller, { ruleId });
  expect(wrong.isSent).toBe(false);
  expect(wrong.problem).toMatch(/wrong password|Invalid login/);
  const [refused] = (await getAlerts(caller)).messages;
  expect(refused).toMatchObject({ news: "test", state: "waiting" });
  expect(refused!.problem).toMatch(/wrong password|Invalid login/);
  await serverWith({ user: "rollbook", password: MAIL_PASSWORD });
  // Left out, it stays.
  const kept = await serverWith({ user: "rollbook" });
  expect(kept.hasPassword).toBe(true);
  expect(await testAlertRule(caller, { ruleId })).toEqual({ isSent: true, problem: null });
  expect(mail.received).toMatchObject([{ user: "rollbook" }]);
  // Nothing is left to be sent once more.
  await watch(caller);
  await sendDue(caller);
  expect(mail.received).toHaveLength(1);
  const settings = await installation.db.prisma.setting.findMany();
  expect(JSON.stringify(settings)).not.toContain(MAIL_PASSWORD);
  // Another host does not get it.
  const moved = await saveMailServer(caller, {
    host: "elsewhere.example.edu",
    port: 25,
    security: "tls",
    user: "rollbook",
    from: "rollbook@example.edu",
  });
  expect(moved.hasPassword).toBe(false);
  await deleteAlertRule(caller, { ruleId });
  expect((await getAlerts(caller)).messages).toEqual([]);
});

test("a mail server on a private network is not spoken to unless that is allowed", async () => {
  const { id: ruleId } = await rule();
  const settings = { ...caller.settings, allowPrivateNetwork: false };
  await testAlertRule({ ...caller, settings }, { ruleId });
  expect(mail.received).toHaveLength(0);
  expect((await getAlerts(caller)).messages[0]!.problem).toMatch(/private network/);
  await expect(
    saveMailServer(
      { ...caller, settings },
      { host: "x.example.edu", port: 25, security: "none", from: "a@example.edu" },
    ),
  ).rejects.toMatchObject({ code: "operation.invalid_input" });
});

test("a mail server of the environment goes before, is shown without its password, and stays", async () => {
  const { id: ruleId } = await rule();
  const mailServer = {
    host: "127.0.0.1",
    port: mail.port,
    security: "none" as const,
    user: "by-environment",
    password: MAIL_PASSWORD,
    from: "alerts@example.edu",
  };
  const given = { ...caller, settings: { ...caller.settings, mailServer } };
  expect(await testAlertRule(given, { ruleId })).toEqual({ isSent: true, problem: null });
  expect(mail.received).toMatchObject([{ user: "by-environment" }]);
  expect(mail.received[0]!.text).toContain("From: alerts@example.edu");
  const { mailServer: shown } = await getAlerts(given);
  expect(shown).toMatchObject({ source: "environment", hasPassword: true, user: "by-environment" });
  expect(JSON.stringify(shown)).not.toContain("sesame");
  const other = {
    host: "x.example.edu",
    port: 25,
    security: "tls",
    from: "a@example.edu",
  } as const;
  await expect(saveMailServer(given, other)).rejects.toMatchObject({ code: "operation.conflict" });
});
