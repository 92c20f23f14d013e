import { afterAll, beforeAll, expect, test } from "vitest";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { keyOf } from "../access/stage.ts";
import { courseInput, createCourse, createRegistration } from "./inputs.ts";

let api: Api;

beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

const ELSEWHERE = "https://elsewhere.example";
const originsOf = async (registrationId: string) => {
  const path = `/registrations/${registrationId}`;
  const { serviceOrigins } = (await api.ask<RegistrationView>("GET", path)).body;
  return serviceOrigins.map(({ origin, state, source }) => ({ origin, state, source }));
};
const WAITING = [{ origin: ELSEWHERE, state: "pending", source: "course" }];

test("an address elsewhere waits, whichever way it is entered", async () => {
  const posted = await createRegistration(api);
  const json = courseInput(posted.id, { membershipsUrl: `${ELSEWHERE}/steal` });
  await api.ask("POST", "/courses", { json });
  expect(await originsOf(posted.id)).toEqual(WAITING);

  for (const method of ["PUT", "PATCH"]) {
    const { id, registrationId } = await createCourse(api);
    expect(await originsOf(registrationId)).toEqual([]);
    const change = { json: { lineItemsUrl: `${ELSEWHERE}/items` } };
    expect((await api.ask(method, `/courses/${id}`, change)).status).toBe(200);
    expect(await originsOf(registrationId)).toEqual(WAITING);
  }

  const { id } = await createRegistration(api);
  const context = `/registrations/${id}/deployments/1/contexts/c-1`;
  await api.ask("PUT", context, { json: { membershipsUrl: `${ELSEWHERE}/steal` } });
  expect(await originsOf(id)).toEqual(WAITING);
});

test("a key that enters addresses does not approve them; an admin's does", async () => {
  const { id: registrationId } = await createRegistration(api);
  const script = (await keyOf(api, ["read", "registrations:write", "runs:write"])).asked;
  const lineItemsUrl = `${ELSEWHERE}/items`;
  const json = courseInput(registrationId, { membershipsUrl: null, lineItemsUrl });
  const course = await api.ask<CourseView>("POST", "/courses", { ...script, json });
  const path = `/registrations/${registrationId}`;
  const { body } = await api.ask<RegistrationView>("GET", path, script);
  const origin = `${path}/service-origins/${body.serviceOrigins[0]!.id}`;
  for (const [method, at] of [
    ["POST", `${origin}/approve`],
    ["POST", `${origin}/decline`],
    ["DELETE", origin],
  ] as const)
    expect(await api.ask(method, at, script)).toMatchObject({
      status: 403,
      body: { code: "operation.not_permitted" },
    });
  const imported = await api.ask("POST", `/courses/${course.body.id}/line-items/import`);
  expect(imported).toMatchObject({ status: 409, body: { code: "lti.origin_not_allowed" } });

  const approved = await api.ask<RegistrationView>("POST", `${origin}/approve`);
  expect(approved.body.serviceOrigins).toMatchObject([
    { state: "approved", decidedBy: expect.stringContaining("API key") as string },
  ]);
  const declined = await api.ask<RegistrationView>("POST", `${origin}/decline`);
  expect(declined.body.serviceOrigins).toMatchObject([{ state: "declined" }]);
  const removed = await api.ask<RegistrationView>("DELETE", origin);
  expect(removed.body.serviceOrigins).toEqual([]);
  expect((await api.ask("POST", `${origin}/approve`)).status).toBe(404);
});

test("an origin of another registration is not there", async () => {
  const [one, two] = [await createRegistration(api), await createRegistration(api)];
  const json = { origin: ELSEWHERE };
  const added = await api.ask<RegistrationView>(
    "POST",
    `/registrations/${one.id}/service-origins`,
    { json },
  );
  expect(added.status).toBe(201);
  const originId = added.body.serviceOrigins[0]!.id;
  const path = `/registrations/${two.id}/service-origins/${originId}`;
  expect((await api.ask("DELETE", path)).status).toBe(404);
  const again = await api.ask("POST", `/registrations/${one.id}/service-origins`, { json });
  expect(again).toMatchObject({ status: 409, body: { fields: { origin: [expect.any(String)] } } });
});

test("a token endpoint that moves is refused until the change says that it is meant", async () => {
  const { registrationId } = await createCourse(api);
  const path = `/registrations/${registrationId}`;
  const json = { tokenEndpoint: `${ELSEWHERE}/token` };
  for (const method of ["PUT", "PATCH"])
    expect(await api.ask(method, path, { json })).toMatchObject({
      status: 409,
      body: {
        code: "operation.confirmation_needed",
        fields: { tokenEndpoint: [expect.stringContaining("lms.example.edu") as string] },
      },
    });
  const confirmed = { json: { ...json, confirmsDestination: true } };
  const script = (await keyOf(api, ["read", "registrations:write"])).asked;
  expect((await api.ask("PATCH", path, { ...script, ...confirmed })).status).toBe(403);
  const moved = await api.ask<RegistrationView>("PATCH", path, confirmed);
  expect(moved).toMatchObject({ status: 200, body: json });
});
