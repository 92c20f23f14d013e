import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ApiKeyCreated } from "#lib/operations/operators/api-key-schema.ts";
import { API_KEY, API_URL, startApi, type Api } from "#tests/support/api.ts";

let api: Api;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  cookie = await api.signIn();
});
afterAll(() => api.stop());

const read = (headers: Record<string, string>) =>
  api.ask("GET", "/courses", { key: null, headers });
const write = (headers: Record<string, string>) =>
  api.ask<ApiKeyCreated>("POST", "/api-keys", { key: null, headers, json: { name: "test" } });

describe("with an API key", () => {
  test.each([`Bearer ${API_KEY}`, `bearer   ${API_KEY}`, ` BEARER ${API_KEY} `])(
    "%j is let in",
    async (authorization) => expect((await read({ authorization })).status).toBe(200),
  );

  test.each([
    "",
    "Bearer",
    API_KEY,
    `Basic ${API_KEY}`,
    `Bearer ${API_KEY} more`,
    `Bearer ${API_KEY}x`,
    `Bearer ${"x".repeat(40)}`,
    `Bearer ${"x".repeat(5_000)}`,
  ])("%j is not", async (authorization) => {
    expect((await read({ authorization })).status).toBe(401);
  });

  test("a wrong key is not made good by a session", async () => {
    const authorization = `Bearer ${"x".repeat(40)}`;
    expect((await read({ authorization, cookie })).status).toBe(401);
  });

  test("where a request came from does not matter", async () => {
    const headers = { authorization: `Bearer ${API_KEY}`, "sec-fetch-site": "cross-site" };
    expect((await write(headers)).status).toBe(201);
  });
});

describe("with a session", () => {
  test("an operator reads, and writes under the own name", async () => {
    expect((await read({ cookie })).status).toBe(200);
    const { status, body } = await write({ cookie, "sec-fetch-site": "same-origin" });
    expect(status).toBe(201);
    expect(body.createdBy).toBe("ada");
  });

  test.each<Record<string, string>>([
    { "sec-fetch-site": "same-origin" },
    { origin: API_URL },
    { origin: "http://10.0.0.7:3000", host: "10.0.0.7:3000" },
  ])("our own page may write: %j", async (headers) => {
    expect((await write({ cookie, ...headers })).status).toBe(201);
  });

  test.each<Record<string, string>>([
    {},
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "none" },
    { "sec-fetch-site": "cross-site", origin: API_URL },
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "" },
    { origin: `${API_URL}.evil.example`, host: "rollbook.example.edu" },
    { origin: "http://rollbook.example.edu:8080", host: "rollbook.example.edu" },
  ])("another site may not: %j", async (headers) => {
    const { status, body } = await write({ cookie, ...headers });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: "api.cross_site_refused" });
  });

  test("a forged or a finished one is refused", async () => {
    expect((await read({ cookie: cookie.replace(/=.{6}/, "=forged") })).status).toBe(401);
    const other = await api.signIn();
    await api.runtime.signIn.signOut(new Headers({ cookie: other, origin: API_URL }));
    expect((await read({ cookie: other })).status).toBe(401);
  });
});
