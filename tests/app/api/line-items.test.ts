import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  LineItemChanged,
  LineItemDeleted,
  LineItemOnPlatform,
  LineItemView,
} from "#lib/operations/line-items/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let api: Api;
let platform: PlatformClient;
beforeAll(async () => {
  [api, platform] = await Promise.all([startApi(), startPlatform()]);
});
afterAll(async () => {
  await api.stop();
  await platform.stop();
});

async function column() {
  const { runtime } = api;
  const registration = await register(runtime, platform);
  const lineItems = [{ label: "Quiz 1", scoreMaximum: 60 }];
  const made = await addCourse(runtime, platform, registration, { members: 2, lineItems });
  return { path: `/line-items/${made.lineItems[0]!.id}`, contextId: made.contextId };
}

describe("a line item over REST", () => {
  test("is asked of the platform, and changed over the version that was seen", async () => {
    const { path, contextId } = await column();
    const asked = await api.ask<LineItemOnPlatform>("GET", `${path}/platform`);
    expect(asked).toMatchObject({
      status: 200,
      body: { differs: [], platform: { label: "Quiz 1" } },
    });
    const etag = asked.headers.get("etag") ?? "";
    const held = await api.ask<LineItemView>("GET", path);
    expect(held.headers.get("etag")).toBe(etag);

    const headers = { "if-match": etag };
    const json = { label: "Quiz 2", startAt: "2026-03-06T20:05:02Z" };
    const changed = await api.ask<LineItemChanged>("PATCH", path, { json, headers });
    expect(changed).toMatchObject({ status: 200, body: { label: "Quiz 2", differs: [] } });
    expect(changed.headers.get("etag")).not.toBe(etag);
    const stale = await api.ask("PATCH", path, { json: { label: "Quiz 3" }, headers });
    expect(stale).toMatchObject({ status: 412, body: { facts: { current: { label: "Quiz 2" } } } });
    expect(await platform.lineItemsOf({ contextId })).toMatchObject([{ label: "Quiz 2" }]);
  });

  test.each([
    [{}, ""],
    [{ label: " " }, "label"],
    [{ scoreMaximum: 0 }, "scoreMaximum"],
    [{ startAt: "tomorrow" }, "startAt"],
    [{ resourceLinkId: "link-1" }, "resourceLinkId"],
    [{ url: "https://elsewhere.example.edu/" }, "url"],
  ])("is not changed by %j", async (json, field) => {
    const { path } = await column();
    const answer = await api.ask("PATCH", path, { json });
    expect(answer.status).toBe(422);
    expect(Object.keys(answer.body.fields)).toEqual([field]);
  });

  test("is deleted by its label, over the version that was seen", async () => {
    const { path, contextId } = await column();
    const etag = (await api.ask("GET", path)).headers.get("etag") ?? "";
    const bare = await api.ask("DELETE", path);
    expect(bare.status).toBe(422);
    expect(bare.body.fields).toEqual({
      confirm: ["must be the name “Quiz 1”: it holds 0 scores, of which 0 wait"],
    });
    const confirmed = `${path}?confirm=Quiz%201`;
    const other = await api.ask("DELETE", confirmed, { headers: { "if-match": '"other"' } });
    expect(other.status).toBe(412);
    const headers = { "if-match": etag };
    const deleted = await api.ask<LineItemDeleted>("DELETE", confirmed, { headers });
    expect(deleted).toMatchObject({ status: 200, body: { label: "Quiz 1", wasGone: false } });
    expect(await platform.lineItemsOf({ contextId })).toEqual([]);
    const json = { scores: [{ userId: "u-1", scoreGiven: 1 }] };
    const push = await api.ask("POST", `${path}/scores`, { json });
    expect(push).toMatchObject({ status: 409, body: { code: "operation.column_deleted" } });
  });

  test("that the platform has no longer is told as gone", async () => {
    const { path, contextId } = await column();
    const [item] = await platform.lineItemsOf({ contextId });
    await platform.removeLineItem({ lineItem: item!.url });
    const asked = await api.ask("GET", `${path}/platform`);
    expect(asked).toMatchObject({ status: 502, body: { code: "lti.resource_gone" } });
    await api.ask("PATCH", path, { json: { label: "Quiz 2" } });
    const { body } = await api.ask<LineItemView>("GET", path);
    expect(body).toMatchObject({ goneAt: expect.any(String), deletedBy: null });
  });
});
