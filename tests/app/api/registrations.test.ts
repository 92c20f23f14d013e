import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { AuditEntryView } from "#lib/operations/operators/schema.ts";
import type { RegistrationView } from "#lib/operations/registrations/schema.ts";
import { startApi, type Answered, type Api } from "#tests/support/api.ts";
import { registrationInput } from "./inputs.ts";

type List = Page<RegistrationView>;

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.stop());

async function created(fields: object = {}) {
  const json = registrationInput(fields);
  const { status, body } = await api.ask<RegistrationView>("POST", "/registrations", { json });
  expect(status).toBe(201);
  return body;
}

describe("POST /registrations", () => {
  test("answers 201 with the registration and where it is read", async () => {
    const input = registrationInput({ name: "  State University ", deploymentIds: ["1", "2"] });
    const answer = await api.ask<RegistrationView>("POST", "/registrations", { json: input });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      name: "State University",
      issuer: input.issuer,
      audience: "token_endpoint",
      tokenState: "none",
      health: "unknown",
    });
    expect(answer.body.deployments.map(({ deploymentId }) => deploymentId)).toEqual(["1", "2"]);
    const location = answer.headers.get("location") ?? "";
    expect(location).toBe(`/api/v1/registrations/${answer.body.id}`);
    const read = await api.ask("GET", location.replace("/api/v1", ""));
    expect(read.body).toEqual(answer.body);
  });

  test("says which fields are not valid", async () => {
    const json = registrationInput({ tokenEndpoint: "not an address", audience: "custom" });
    const { status, body } = await api.ask("POST", "/registrations", { json });
    expect(status).toBe(422);
    expect(body.fields).toHaveProperty("tokenEndpoint");
  });

  test.each(["issuer", "tokenEndpoint", "authorizationEndpoint", "jwksUrl"])(
    "stores no user name and password in %s",
    async (field) => {
      for (const before of ["user:pass@", "user@"]) {
        const json = registrationInput({ [field]: `https://${before}lms.example.edu/token` });
        const { status, body } = await api.ask("POST", "/registrations", { json });
        expect({ status, fields: Object.keys(body.fields) }).toEqual({
          status: 422,
          fields: [field],
        });
      }
    },
  );

  test("refuses a second one of the same issuer and client ID", async () => {
    const { issuer, clientId } = await created();
    const json = registrationInput({ issuer, clientId });
    const { status, body } = await api.ask("POST", "/registrations", { json });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: "operation.conflict", fields: { clientId: [body.detail] } });
  });
});

describe("GET /registrations", () => {
  test("gives all in pages, each once, by name", async () => {
    const name = `Paged ${crypto.randomUUID()}`;
    for (let index = 0; index < 5; index++) await created({ name: `${name} ${index}` });
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `q=${name}&limit=2${cursor ? `&cursor=${cursor}` : ""}`;
      const { body } = await api.ask<List>("GET", `/registrations?${query}`);
      expect(body.total).toBe(5);
      expect(body.items.length).toBeLessThanOrEqual(2);
      names.push(...body.items.map((item) => item.name));
      cursor = body.nextCursor;
    } while (cursor);
    expect(names).toEqual([0, 1, 2, 3, 4].map((index) => `${name} ${index}`));
  });

  test("leads to the next page by a link that keeps the filter, and has none on the last", async () => {
    const name = `Linked ${crypto.randomUUID()}`;
    for (let index = 0; index < 3; index++) await created({ name: `${name} ${index}` });
    const names: string[] = [];
    const sizes: number[] = [];
    let path: string | undefined = `/registrations?q=${name.replace(" ", "+")}&limit=2`;
    while (path) {
      const { body, headers }: Answered<List> = await api.ask<List>("GET", path);
      names.push(...body.items.map((item) => item.name));
      sizes.push(body.items.length);
      path = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(headers.get("link") ?? "")?.[1];
    }
    expect(sizes).toEqual([2, 1]);
    expect(names).toEqual([0, 1, 2].map((index) => `${name} ${index}`));
    const { body, headers } = await api.ask<{ nextCursor: string }>("GET", "/changes?limit=1");
    expect(headers.get("link")).toBe(
      `</api/v1/changes?limit=1&after=${body.nextCursor}>; rel="next"`,
    );
  });

  test.each(["cursor=rubbish", "cursor=W10", "limit=0", "limit=201", "limit=x", "archived=maybe"])(
    "refuses %s",
    async (query) => {
      const { status, body } = await api.ask("GET", `/registrations?${query}`);
      expect(status).toBe(422);
      expect(Object.keys(body.fields)).toEqual([query.split("=")[0]]);
    },
  );

  test("refuses a parameter that is given twice", async () => {
    const { status, body } = await api.ask("GET", "/registrations?limit=1&limit=2");
    expect(status).toBe(422);
    expect(body.fields).toEqual({ limit: ["is given more than once"] });
  });

  test("takes text that looks like SQL or a pattern as text", async () => {
    const name = `100%_'; DROP TABLE registration; --`;
    await created({ name });
    const { body } = await api.ask<List>(
      "GET",
      `/registrations?${new URLSearchParams({ q: name })}`,
    );
    expect(body.items).toHaveLength(1);
  });
});

describe("a registration", () => {
  test("is replaced by PUT, and keeps its deployments", async () => {
    const { id, issuer, clientId } = await created({ deploymentIds: ["1"] });
    const json = registrationInput({ issuer, clientId, name: "Renamed", deploymentIds: ["2"] });
    const { status, body } = await api.ask<RegistrationView>("PUT", `/registrations/${id}`, {
      json,
    });
    expect(status).toBe(200);
    expect(body.name).toBe("Renamed");
    expect(body.deployments).toHaveLength(2);
  });

  test("takes a deployment once", async () => {
    const { id } = await created();
    const json = { deploymentId: "42", label: "Sciences" };
    const first = await api.ask<RegistrationView>("POST", `/registrations/${id}/deployments`, {
      json,
    });
    expect(first.status).toBe(201);
    expect(first.body.deployments).toMatchObject([json]);
    const second = await api.ask("POST", `/registrations/${id}/deployments`, { json });
    expect(second.status).toBe(409);
    expect(second.body.fields).toHaveProperty("deploymentId");
  });

  test("is archived and restored, each as often as one likes", async () => {
    const { id, name } = await created({ name: `Archived ${crypto.randomUUID()}` });
    const find = async () => (await api.ask<List>("GET", `/registrations?q=${name}`)).body.total;
    for (let time = 0; time < 2; time++) {
      const path = `/registrations/${id}/archive`;
      const { status, body } = await api.ask<RegistrationView>("POST", path);
      expect(status).toBe(200);
      expect(body.archivedAt).toEqual(expect.any(String));
      expect(await find()).toBe(0);
    }
    for (let time = 0; time < 2; time++) {
      const { body } = await api.ask<RegistrationView>("POST", `/registrations/${id}/restore`);
      expect(body.archivedAt).toBeNull();
      expect(await find()).toBe(1);
    }
  });

  test("is in the audit log with who did what", async () => {
    const { id } = await created();
    await api.ask("POST", `/registrations/${id}/archive`);
    const path = `/audit?object=registration&objectId=${id}`;
    const { body } = await api.ask<Page<AuditEntryView>>("GET", path);
    expect(body.items.map(({ action }) => action)).toEqual([
      "registration.archive",
      "registration.create",
    ]);
    expect(body.items[0]).toMatchObject({ actor: "API key environment", source: "api" });
  });
});
