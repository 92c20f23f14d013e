import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "../../../app/api/reads/route.ts";
import { requestOf, startApi, type Api } from "#tests/support/api.ts";
import { createRegistration } from "./inputs.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function read(addresses: string[], options: { key?: null } = {}) {
  const of = new URLSearchParams(addresses.map((address) => ["of", address]));
  const response = await GET(requestOf("GET", `/api/reads?${of}`, options));
  return { status: response.status, body: await response.json() };
}

test("reads asked for together are answered in their order, as each is alone", async () => {
  const { id } = await createRegistration(api);
  const addresses = [`/api/v1/registrations/${id}`, "/api/v1/courses?limit=1"];
  const { status, body } = await read(addresses);
  expect(status).toBe(200);
  for (const [index, address] of addresses.entries()) {
    const alone = await api.ask("GET", address.slice("/api/v1".length));
    expect(body.items[index]).toEqual({ status: 200, body: alone.body });
  }
});

test("each of them is refused or not found by itself", async () => {
  const missing = "/api/v1/courses/01939f2e-0000-7000-8000-000000000000";
  const { status, body } = await read([missing, "/api/v1/system", "/api/v1/courses?nonsense=1"]);
  expect(status).toBe(200);
  expect(body.items.map((item: { status: number }) => item.status)).toEqual([404, 200, 422]);
  expect(body.items[0].body.code).toBe("operation.not_found");
});

test("nobody reads without a key or a session", async () => {
  const { body } = await read(["/api/v1/courses", "/api/v1/system"], { key: null });
  expect(body.items.map((item: { status: number }) => item.status)).toEqual([401, 401]);
});

test.each(["https://elsewhere.example/api/v1/courses", "/api/events", "/login", "//["])(
  "what is no address of the API is an unknown path: %s",
  async (address) => {
    const { body } = await read([address]);
    expect(body.items).toMatchObject([{ status: 404, body: { code: "api.path_unknown" } }]);
  },
);

test("a file is not read among others, and too many at once are refused", async () => {
  const { body } = await read(["/api/v1/exports/courses?format=csv"]);
  expect(body.items).toEqual([{ status: 200, body: null }]);
  const many = await read(Array.from({ length: 31 }, () => "/api/v1/system"));
  expect(many).toMatchObject({ status: 422, body: { fields: { of: ["at most 30 at once"] } } });
});
