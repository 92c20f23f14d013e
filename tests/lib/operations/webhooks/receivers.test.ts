import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { failedWebhooks } from "#lib/db/alerts/alerts.ts";
import { createPlatformFetch } from "#lib/lti/index.ts";
import { listWebhookDeliveries, testWebhook } from "#lib/operations/webhooks/deliveries.ts";
import type { WebhookDelivering } from "#lib/operations/webhooks/deliver.ts";
import { postEvent } from "#lib/operations/webhooks/post.ts";
import { startWebhooks } from "#lib/operations/webhooks/start.ts";
import { createWebhook, getWebhook } from "#lib/operations/webhooks/webhooks.ts";
import { until } from "#tests/support/grading.ts";
import { listedOn, oneCourse, syncRosterOf } from "#tests/support/rosters.ts";
import { useInstallation } from "#tests/support/use-installation.ts";
import { startWebhookReceiver } from "#tests/support/webhook-receiver.ts";

/*
 * What docs/integrating.md says of receivers that are away, slow or odd. Time passes here by the
 * clock of the endpoint's next attempt, which is moved to now.
 */
const { installation, platform, operator } = useInstallation();

let delivering: WebhookDelivering;
const ending: (() => unknown)[] = [];

beforeAll(() => {
  const { db, engine, errors } = installation;
  delivering = startWebhooks(db, engine, (error) => errors.push(error));
});
afterEach(async () => {
  await installation.db.prisma.webhookEndpoint.deleteMany();
  for (const end of ending.splice(0)) await end();
});
afterAll(() => delivering.stop());

const hook = (url: string) =>
  createWebhook(operator, { name: "Grade book", url, types: ["member.added"] });

const view = ({ id }: { id: string }) => getWebhook(operator, { webhookId: id });

async function oddReceiver(answer: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().once("end", () => answer(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ending.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

/** A receiver that is not there, and one at the same address later. */
async function awayReceiver() {
  const away = await startWebhookReceiver();
  await away.stop();
  return {
    url: away.url,
    async comeBack() {
      const back = await startWebhookReceiver({ port: Number(new URL(away.url).port) });
      ending.push(back.stop);
      return back;
    },
  };
}

/** Fails so often in a row; how many seconds it then waits each time. */
async function failures(webhook: { id: string }, times: number): Promise<number[]> {
  const waits: number[] = [];
  const where = { id: webhook.id };
  const { webhookEndpoint, webhookDelivery } = installation.db.prisma;
  while (waits.length < times) {
    await until(async () => (await view(webhook)).attempts === waits.length + 1);
    const { nextAt, disabledAt } = await webhookEndpoint.findUniqueOrThrow({ where });
    if (disabledAt) break;
    const { at } = await webhookDelivery.findFirstOrThrow({
      where: { endpointId: webhook.id },
      orderBy: { id: "desc" },
    });
    waits.push(Math.round((nextAt.getTime() - at.getTime()) / 1_000));
    await webhookEndpoint.update({ where, data: { nextAt: new Date() } });
  }
  return waits;
}

test("a receiver that is down for an hour gets all of it afterwards, once and in order", async () => {
  const receiver = await awayReceiver();
  const webhook = await hook(receiver.url);
  const made = await oneCourse(installation, platform, { members: 12 });
  await syncRosterOf(installation, made);
  const waits = await failures(webhook, 6);
  expect(waits).toEqual([5, 30, 120, 600, 1_800, 3_600]);
  expect(waits.reduce((sum, seconds) => sum + seconds)).toBeGreaterThan(3_600);
  const { items } = await listWebhookDeliveries(operator, { webhookId: webhook.id });
  expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(1);
  expect(items[0]).toMatchObject({ isDelivered: false, httpStatus: null });
  expect(items[0]!.problem).toContain("ECONNREFUSED");

  const back = await receiver.comeBack();
  await installation.db.prisma.webhookEndpoint.update({
    where: { id: webhook.id },
    data: { nextAt: new Date() },
  });
  await until(async () => (await view(webhook)).waiting === 0);
  const changes = back.posted.map(
    ({ body }) => JSON.parse(body) as { sequence: number; member: { userId: string } },
  );
  const sequences = changes.map(({ sequence }) => sequence);
  expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  expect(new Set(sequences).size).toBe(12);
  expect(changes.map(({ member }) => member.userId).toSorted()).toEqual(
    (await listedOn(platform, made.contextId)).toSorted(),
  );
  expect(await view(webhook)).toMatchObject({
    state: "delivering",
    attempts: 0,
    failingSince: null,
  });
}, 120_000);

test("one that is down for a day is disabled, on record and as an alert", async () => {
  const receiver = await awayReceiver();
  const webhook = await hook(receiver.url);
  const made = await oneCourse(installation, platform, { members: 1 });
  await syncRosterOf(installation, made);
  const waits = await failures(webhook, 20);
  expect(waits).toHaveLength(10);
  const hours = waits.reduce((sum, seconds) => sum + seconds) / 3_600;
  expect(Math.round(hours)).toBe(24);
  expect(await view(webhook)).toMatchObject({ state: "disabled", disabledReason: "failing" });
  const { db } = installation;
  expect((await failedWebhooks(db)).map(({ id }) => id)).toEqual([webhook.id]);
  const where = { objectId: webhook.id, action: "webhook.disable" };
  expect(await db.prisma.auditEntry.count({ where })).toBe(1);
}, 120_000);

test("one that is slow is given 15 s, for its head and its body, and holds up no other", async () => {
  const silent = await hook(await oddReceiver(() => undefined));
  const halfway = await hook(
    await oddReceiver((_request, response) => {
      response.writeHead(200).write("almost");
    }),
  );
  const quick = await startWebhookReceiver();
  ending.push(quick.stop);
  await hook(quick.url);
  const made = await oneCourse(installation, platform, { members: 3 });
  await syncRosterOf(installation, made);
  await until(async () => quick.posted.length === 3);
  expect([(await view(silent)).attempts, (await view(halfway)).attempts]).toEqual([0, 0]);
  for (const slow of [silent, halfway]) {
    await until(async () => (await view(slow)).attempts === 1);
    const { items } = await listWebhookDeliveries(operator, { webhookId: slow.id });
    expect(items).toMatchObject([
      { isDelivered: false, problem: "there was no answer within 15 s" },
    ]);
    expect(items[0]!.milliseconds).toBeGreaterThan(14_000);
  }
}, 120_000);

test("an answer without an end is read as far as it is kept, and counts by its status", async () => {
  let isClosed = false;
  const url = await oddReceiver((_request, response) => {
    response.writeHead(202);
    const more = setInterval(() => response.write("x".repeat(10_000)), 5);
    response.once("close", () => {
      clearInterval(more);
      isClosed = true;
    });
  });
  const { id: webhookId } = await hook(url);
  const delivery = await testWebhook(operator, { webhookId });
  expect(delivery).toMatchObject({ isDelivered: true, httpStatus: 202 });
  expect(delivery.answer).toHaveLength(1_000);
  await until(async () => isClosed);
});

test("an address that turns out to be private gets nothing", async () => {
  const receiver = await startWebhookReceiver();
  ending.push(receiver.stop);
  const { id } = await hook(receiver.url);
  const stored = await installation.db.prisma.webhookEndpoint.findUniqueOrThrow({ where: { id } });
  const { port } = new URL(receiver.url);
  const guarded = createPlatformFetch();
  ending.push(() => guarded.close());
  const { sealer } = installation;
  const event = {
    ...{ id: "test_1", sequence: 0, type: "test", at: new Date().toISOString() },
    ...{ registrationId: id, courseId: null, member: null, score: null, data: {} },
  };
  // By its number, and by a name that leads there.
  for (const host of ["127.0.0.1", "localhost", "[::1]", "169.254.169.254"]) {
    const delivery = await postEvent(
      { fetch: guarded, sealer, now: () => new Date() },
      { ...stored, url: `http://${host}:${port}/hook` },
      event,
      { reason: "test", attempt: 1 },
    );
    expect(delivery).toMatchObject({ isDelivered: false, httpStatus: null });
    expect(delivery.problem).toContain("lti.address_refused");
  }
  expect(receiver.posted).toEqual([]);
});
