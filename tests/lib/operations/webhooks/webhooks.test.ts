import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { dropEntries } from "#lib/db/feed/entries.ts";
import { watch } from "#lib/operations/alerts/watch.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { FeedExpired, InvalidInput } from "#lib/operations/errors.ts";
import {
  listWebhookDeliveries,
  replayWebhook,
  testWebhook,
} from "#lib/operations/webhooks/deliveries.ts";
import type { WebhookDelivering } from "#lib/operations/webhooks/deliver.ts";
import type { WebhookCreated, WebhookInput } from "#lib/operations/webhooks/schema.ts";
import { startWebhooks } from "#lib/operations/webhooks/start.ts";
import {
  createWebhook,
  deleteWebhook,
  editWebhook,
  getWebhook,
  rotateWebhookSecret,
} from "#lib/operations/webhooks/webhooks.ts";
import { until } from "#tests/support/grading.ts";
import { listedOn, oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { callerOf } from "#tests/support/launching.ts";
import { useInstallation } from "#tests/support/use-installation.ts";
import {
  startWebhookReceiver,
  type Posted,
  type WebhookReceiver,
} from "#tests/support/webhook-receiver.ts";

const { installation, platform, operator } = useInstallation();

let delivering: WebhookDelivering[] = [];
const receivers: WebhookReceiver[] = [];

beforeAll(() => {
  // Two processes that share the endpoints.
  delivering = [1, 2].map(() =>
    startWebhooks(installation.db, installation.engine, (error) => installation.errors.push(error)),
  );
});
afterEach(async () => {
  await installation.db.prisma.webhookEndpoint.deleteMany();
});
afterAll(async () => {
  await Promise.all(delivering.map(({ stop }) => stop()));
  await Promise.all(receivers.map(({ stop }) => stop()));
});

async function receiver(): Promise<WebhookReceiver> {
  const started = await startWebhookReceiver();
  receivers.push(started);
  return started;
}

async function webhookTo({ url }: WebhookReceiver, given: Partial<WebhookInput> = {}) {
  return createWebhook(operator, { name: "Grade book", url, ...given });
}

const MEMBERS = ["member.added", "member.changed", "member.removed"] as const;
const usersIn = (posted: readonly Posted[]) =>
  posted.map(({ body }) => (JSON.parse(body) as { member: { userId: string } }).member.userId);

function verify({ headers, body }: Posted, secret: string): unknown {
  return new Webhook(secret).verify(body, headers as Record<string, string>);
}

/** Lets it be tried again at once. */
async function tryNow({ id }: WebhookCreated): Promise<void> {
  const data = { nextAt: new Date(0) };
  await installation.db.prisma.webhookEndpoint.update({ where: { id }, data });
}

describe("a webhook", () => {
  test("gets each change once and in order, signed so that the standard's library takes it", async () => {
    const tool = await receiver();
    const { secret } = await webhookTo(tool, { types: [...MEMBERS] });
    const made = await oneCourse(installation, platform, { members: 25 });
    await syncRosterOf(installation, made);
    await until(async () => tool.posted.length >= 25);
    expect(usersIn(tool.posted).toSorted()).toEqual(
      (await listedOn(platform, made.contextId)).toSorted(),
    );
    const sequences = tool.posted.map(
      (each) => (verify(each, secret) as { sequence: number }).sequence,
    );
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
    const ids = tool.posted.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(25);
    expect(() => verify(tool.posted[0]!, `whsec_${Buffer.alloc(32).toString("base64")}`)).toThrow();
  });

  test("is told no names unless somebody who sees them said so", async () => {
    const [without, withNames] = [await receiver(), await receiver()];
    await webhookTo(without, { types: ["member.added"] });
    await webhookTo(withNames, { types: ["member.added"], hasNames: true });
    const made = await oneCourse(installation, platform, { members: 2 });
    await syncRosterOf(installation, made);
    await until(async () => without.posted.length >= 2 && withNames.posted.length >= 2);
    const names = ({ posted }: WebhookReceiver) =>
      posted.map(({ body }) => (JSON.parse(body) as { member: { name: unknown } }).member.name);
    expect(names(without)).toEqual([null, null]);
    expect(names(withNames).every((name) => typeof name === "string")).toBe(true);
    const blind = {
      ...operator.actor,
      access: { rights: ["admin" as const], registrationIds: null },
    };
    const asker = { ...operator, actor: blind } as Caller;
    const input = { name: "x", url: without.url, hasNames: true };
    await expect(createWebhook(asker, input)).rejects.toThrow(InvalidInput);
    const named = await webhookTo(withNames, { hasNames: true });
    const moved = editWebhook(asker, { webhookId: named.id, url: without.url });
    await expect(moved).rejects.toThrow(InvalidInput);
    await editWebhook(asker, { webhookId: named.id, url: without.url, hasNames: false });
  });

  test("tries again what was not accepted, without leaving anything out", async () => {
    const tool = await receiver();
    tool.answers = { status: 500, body: "on fire" };
    const webhook = await webhookTo(tool, { types: [...MEMBERS] });
    const made = await oneCourse(installation, platform, { members: 3 });
    await syncRosterOf(installation, made);
    const view = () => getWebhook(operator, { webhookId: webhook.id });
    await until(async () => (await view()).state === "failing");
    const failing = await view();
    expect(failing).toMatchObject({ attempts: 1, disabledReason: null });
    expect(failing.waiting).toBeGreaterThanOrEqual(3);
    const { items } = await listWebhookDeliveries(operator, { webhookId: webhook.id });
    expect(items[0]).toMatchObject({ isDelivered: false, httpStatus: 500, answer: "on fire" });
    tool.answers = { status: 200 };
    await tryNow(webhook);
    await until(async () => tool.posted.length >= 4);
    const [refused, ...accepted] = usersIn(tool.posted);
    expect(accepted[0]).toBe(refused);
    expect(accepted.toSorted()).toEqual((await listedOn(platform, made.contextId)).toSorted());
    await until(async () => (await view()).state === "delivering");
  });

  test("follows no redirect, and reads no more of an answer than it shows", async () => {
    const [tool, elsewhere] = [await receiver(), await receiver()];
    const webhook = await webhookTo(tool);
    tool.answers = {
      status: 302,
      headers: { location: elsewhere.url },
      body: "x".repeat(2_000_000),
    };
    const delivery = await testWebhook(operator, { webhookId: webhook.id });
    expect(delivery).toMatchObject({ isDelivered: false, httpStatus: 302, reason: "test" });
    expect(delivery.answer).toHaveLength(1_000);
    expect(elsewhere.posted).toEqual([]);
  });

  test("is disabled by 410, and goes on where it was once it is enabled", async () => {
    const tool = await receiver();
    tool.answers = { status: 410 };
    const { id: webhookId } = await webhookTo(tool, { types: [...MEMBERS] });
    const made = await oneCourse(installation, platform, { members: 2 });
    await syncRosterOf(installation, made);
    const view = () => getWebhook(operator, { webhookId });
    await until(async () => (await view()).state === "disabled");
    expect(await view()).toMatchObject({ disabledReason: "gone" });
    const entries = await installation.db.prisma.auditEntry.findMany({
      where: { objectId: webhookId },
    });
    expect(entries.map(({ action }) => action)).toContain("webhook.disable");
    tool.answers = { status: 200 };
    await editWebhook(operator, { webhookId, isEnabled: true });
    await until(async () => tool.posted.length >= 3);
    expect(new Set(usersIn(tool.posted)).size).toBe(2);
  });

  test("signs with both secrets while they overlap, and with the new one alone without", async () => {
    const tool = await receiver();
    const webhook = await webhookTo(tool);
    const { id: webhookId } = webhook;
    const rotated = await rotateWebhookSecret(operator, { webhookId, overlapHours: 1 });
    await testWebhook(operator, { webhookId });
    expect(verify(tool.posted.at(-1)!, webhook.secret)).toMatchObject({ type: "test" });
    expect(verify(tool.posted.at(-1)!, rotated.secret)).toMatchObject({ type: "test" });
    await rotateWebhookSecret(operator, { webhookId, overlapHours: 0 });
    await testWebhook(operator, { webhookId });
    expect(() => verify(tool.posted.at(-1)!, rotated.secret)).toThrow();
  });

  test("is told everything after a cursor once more, but not what is no longer kept", async () => {
    const tool = await receiver();
    const { id: webhookId, told } = await webhookTo(tool, { types: [...MEMBERS] });
    const made = await oneCourse(installation, platform, { members: 2 });
    await syncRosterOf(installation, made);
    await until(async () => tool.posted.length >= 2);
    await until(async () => (await getWebhook(operator, { webhookId })).waiting === 0);
    await replayWebhook(operator, { webhookId, after: told });
    await until(async () => tool.posted.length >= 4);
    const ids = tool.posted.map(({ headers }) => headers["webhook-id"]);
    expect(ids.slice(2)).toEqual(ids.slice(0, 2));
    const beyond = { webhookId, after: "99999999999" };
    await expect(replayWebhook(operator, beyond)).rejects.toThrow(FeedExpired);
  });

  test("that was off for longer than the feed is kept goes on behind the gap, and says how wide it is", async () => {
    const tool = await receiver();
    const { id: webhookId } = await webhookTo(tool, { types: ["member.added"] });
    await editWebhook(operator, { webhookId, isEnabled: false });
    await syncRosterOf(installation, await oneCourse(installation, platform, { members: 3 }));
    const { waiting } = await getWebhook(operator, { webhookId });
    expect(waiting).toBeGreaterThanOrEqual(3);
    while (await dropEntries(installation.db, new Date(Date.now() + 60_000), 1_000));
    await editWebhook(operator, { webhookId, isEnabled: true });
    await until(async () => (await getWebhook(operator, { webhookId })).skipped !== null);
    const view = await getWebhook(operator, { webhookId });
    expect(view.skipped?.events).toBe(waiting);
    const skip = await installation.db.prisma.auditEntry.findFirst({
      where: { objectId: webhookId, action: "webhook.skip" },
    });
    expect(skip?.detail).toMatchObject({ events: String(waiting) });
    expect(tool.posted).toEqual([]);

    const later = await oneCourse(installation, platform, { members: 2 });
    await syncRosterOf(installation, later);
    await until(async () => tool.posted.length >= 2);
    expect(usersIn(tool.posted).toSorted()).toEqual(
      (await listedOn(platform, later.contextId)).toSorted(),
    );
    expect((await getWebhook(operator, { webhookId })).skipped?.events).toBe(waiting);
  });

  test("that was changed meanwhile is not changed by who has not seen that", async () => {
    const webhook = await webhookTo(await receiver());
    const { id: webhookId, version } = webhook;
    const seen = { webhookId, ifVersion: [version] };
    const changed = await editWebhook(operator, { ...seen, name: "Marks" });
    expect(changed).toMatchObject({ name: "Marks" });
    expect(changed.version).not.toBe(version);
    await expect(editWebhook(operator, { ...seen, types: ["score.sent"] })).rejects.toMatchObject({
      code: "operation.version_mismatch",
      version: changed.version,
      current: { name: "Marks" },
    });
    // That it is off changes by itself, and is no part of it.
    const off = await editWebhook(operator, { webhookId, isEnabled: false });
    expect(off.version).toBe(changed.version);
  });

  test("hears of the installation's own alerts, unless it is limited to registrations", async () => {
    const [all, limited] = [await receiver(), await receiver()];
    const made = await oneCourse(installation, platform, { members: 1 });
    const types = ["alert.opened" as const];
    await webhookTo(all, { types });
    const { id } = await webhookTo(limited, { types, registrationIds: [made.registrationId] });
    const broken = await webhookTo(await receiver(), { name: "Broken" });
    await installation.db.prisma.webhookEndpoint.update({
      where: { id: broken.id },
      data: { disabledAt: new Date(), disabledReason: "failing" },
    });
    await watch(callerOf(installation));
    await until(async () => all.posted.length >= 1);
    expect(JSON.parse(all.posted[0]!.body)).toMatchObject({
      type: "alert.opened",
      registrationId: null,
      data: { kind: "webhook", title: "Webhook Broken is disabled" },
    });
    await until(async () => (await getWebhook(operator, { webhookId: id })).waiting === 0);
    expect(limited.posted).toEqual([]);
  });

  test("of another registration's changes hears nothing", async () => {
    const tool = await receiver();
    const [mine, theirs] = [
      await oneCourse(installation, platform, { members: 2 }),
      await oneCourse(installation, platform, { members: 2 }),
    ];
    const { id: webhookId } = await webhookTo(tool, { registrationIds: [mine.registrationId] });
    await syncRosterOf(installation, theirs);
    await syncRosterOf(installation, mine);
    await until(async () => tool.posted.length >= 3);
    await until(async () => (await getWebhook(operator, { webhookId })).waiting === 0);
    const about = tool.posted.map(
      ({ body }) => (JSON.parse(body) as { courseId: string }).courseId,
    );
    expect(new Set(about)).toEqual(new Set([mine.course.id]));
    await deleteWebhook(operator, { webhookId });
  });

  test("cannot be at an address inside unless the installation allows it", async () => {
    const settings = { ...operator.settings, allowPrivateNetwork: false };
    const input = { name: "x", url: "http://tool.example.edu/hook" };
    await expect(createWebhook({ ...operator, settings }, input)).rejects.toThrow(InvalidInput);
    const secret = { name: "x", url: "https://user:pass@tool.example.edu/hook" };
    await expect(createWebhook(operator, secret)).rejects.toThrow(InvalidInput);
  });
});
