import { afterAll, beforeAll, expect, test } from "vitest";
import { createRequestLimit } from "#lib/auth/limits/request-limit.ts";
import { startApi, type Api } from "#tests/support/api.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

test("every answer says how many requests are left, and one too many is refused", async () => {
  const before = api.runtime.apiLimit;
  api.runtime.apiLimit = createRequestLimit(2);
  const first = await api.ask("GET", "/courses");
  const wrong = await api.ask("GET", "/courses?nonsense=1");
  const refused = await api.ask("GET", "/courses");
  const stranger = await api.ask("GET", "/courses", { key: null });
  api.runtime.apiLimit = before;
  expect(first.status).toBe(200);
  expect(first.headers.get("ratelimit-limit")).toBe("2");
  expect(first.headers.get("ratelimit-remaining")).toBe("1");
  expect(wrong.status).toBe(422);
  expect(wrong.headers.get("ratelimit-remaining")).toBe("0");
  expect(refused).toMatchObject({ status: 429, body: { code: "api.too_many_requests" } });
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.headers.get("ratelimit-reset")).toBe(refused.headers.get("retry-after"));
  expect(stranger.status).toBe(401);
});

test.each([
  ['{"name":"a","name":"b"}', "name"],
  ['{"name":"a","n\\u0061me":"b"}', "name"],
  ['{"scores":[{"userId":"1"},{"userId":"2","x":{"y":1,"y":2}}]}', "y"],
])("a name that stands twice is refused: %s", async (body, name) => {
  const headers = { "content-type": "application/json" };
  const answer = await api.ask("POST", "/api-keys", { body, headers });
  expect(answer).toMatchObject({ status: 400, body: { code: "api.duplicate_name" } });
  expect(answer.body.detail).toContain(`"${name}"`);
});

test("the same name in different objects, or as a value, is none twice", async () => {
  const body = '{"a":{"name":"\\"name\\":"},"b":[{"name":"name"},{"name":1}],"name":"name"}';
  const headers = { "content-type": "application/json" };
  const answer = await api.ask("POST", "/api-keys", { body, headers });
  expect(answer.status).toBe(422);
});

test("an answer about thousands of faults is short", async () => {
  const scores = Array.from({ length: 10_000 }, () => ({ userId: "", scoreGiven: -1 }));
  const lineItem = "01939f2e-0000-7000-8000-000000000000";
  const answer = await api.ask("POST", `/line-items/${lineItem}/scores`, { json: { scores } });
  expect(answer.status).toBe(422);
  expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
  expect(answer.body.fields[""]).toEqual([expect.stringMatching(/^and \d+ more fields/)]);
});
