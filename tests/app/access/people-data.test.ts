import { afterAll, beforeAll, expect, test } from "vitest";
import type { ErasedPerson, PersonExport, RetentionView } from "#lib/operations/privacy/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { placesOf, plant, type Planted } from "../../lib/operations/privacy/planted.ts";
import { keyOf } from "./stage.ts";

let api: Api;
let planted: Planted;
beforeAll(async () => {
  api = await startApi();
  planted = await plant(api.runtime.db, "planted-by-rest-1", "Restine");
});
afterAll(() => api.stop());

const dataPath = () =>
  `/people/data?registrationId=${planted.registrationId}&userId=${planted.userId}`;

test("a person's data is given to an admin who sees names, and to nobody else", async () => {
  const { status, body } = await api.ask<PersonExport>("GET", dataPath());
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain("restine@planted.example");
  const nameless = await keyOf(api, ["admin"]);
  expect(await api.ask("GET", dataPath(), nameless.asked)).toMatchObject({ status: 403 });
  const reader = await keyOf(api, ["read", "read:names"]);
  expect(await api.ask("GET", dataPath(), reader.asked)).toMatchObject({ status: 403 });
});

test("what was asked under a key for repeats is erased with the person", async () => {
  const { registrationId, userId, words } = planted;
  const headers = { "idempotency-key": "erase-1" };
  const json = { registrationId, userId };
  const erased = await api.ask<ErasedPerson>("POST", "/people/erase", { json, headers });
  expect(erased.status).toBe(200);
  expect(await placesOf(api.runtime.db, words)).toEqual([]);
  const again = await api.ask<ErasedPerson>("POST", "/people/erase", { json, headers });
  expect(again.body).toEqual(erased.body);
  expect(await api.ask("POST", "/people/erase", { json })).toMatchObject({ status: 404 });
  expect(await api.ask("GET", dataPath())).toMatchObject({ status: 404 });
  const exported = await api.ask("GET", "/audit");
  for (const word of words) expect(JSON.stringify(exported.body)).not.toContain(word);
});

test("how long data is kept can be set, and nonsense is refused", async () => {
  const { body: before } = await api.ask<RetentionView>("GET", "/retention");
  expect(before).toMatchObject({ leftMembers: 365, lastPass: null });
  const { lastPass: _none, ...retention } = before;
  const json = { ...retention, events: 30, audit: null };
  expect((await api.ask<RetentionView>("PUT", "/retention", { json })).body).toMatchObject(json);
  expect((await api.ask("PUT", "/retention", { json: { ...json, events: 0 } })).status).toBe(422);
  expect((await api.ask("PUT", "/retention", { json: { events: 1 } })).status).toBe(422);
});
