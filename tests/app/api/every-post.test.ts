import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "../../../app/_server/rest/routes/index.ts";
import type { Route } from "../../../app/_server/rest/route.ts";
import { startApi, type Api, type Asked } from "#tests/support/api.ts";
import { keyOf, objectsOfOneRegistration, type Objects } from "../access/stage.ts";

const POSTS = ROUTES.filter(({ method }) => method === "POST");
const MAKES = ROUTES.filter(({ status }) => status === 201);

let api: Api;
let objects: Objects;
beforeAll(async () => {
  api = await startApi();
  objects = await objectsOfOneRegistration(api);
});
afterAll(() => api.stop());

const answered = new Set<string>();

describe.each(POSTS)("POST $path", (route) => {
  test("under one key is done once, and answers the same", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const asked = await askedOf(route, headers);
    const first = await api.ask("POST", pathOf(route), asked);
    const again = await api.ask("POST", pathOf(route), asked);
    const hasDone = first.status < 300;
    if (hasDone) answered.add(route.id);
    expect(again.headers.get("idempotency-replayed")).toBe(hasDone ? "true" : null);
    expect(again.status).toBe(first.status);
    if (hasDone) expect(again.body).toEqual(first.body);
    expect(again.headers.get("location")).toBe(first.headers.get("location"));
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    if (!hasDone) return;
    const elsewhere = route.path === "/system/pause" ? "/system/resume" : "/system/pause";
    const other = await api.ask("POST", elsewhere, { key: asked.key, headers });
    expect(other.body.code).toBe("operation.idempotency_mismatch");
  });
});

test("most POSTs were done by these requests, those with a secret or a platform among them", () => {
  expect(answered.size).toBeGreaterThan(30);
  for (const id of ["createApiKey", "pushCourseScores", "addLineItem", "createRegistration"])
    expect(answered).toContain(id);
});

describe.each(MAKES)("$method $path", (route) => {
  test("answers 201 with a Location that leads to something, or 200 where it was there", async () => {
    expect(route.hasLocation).toBe(true);
    const asked = await askedOf(route);
    const answer = await api.ask(route.method, pathOf(route), asked);
    if (answer.status >= 300) return;
    expect(answer.status === 200 ? route.mayFind : answer.status === 201).toBe(true);
    const location = answer.headers.get("location") ?? "";
    expect(location).toMatch(/^\/api\/v1\//);
    const found = await api.ask<object>("GET", location.replace("/api/v1", ""), {
      key: asked.key,
    });
    expect(found.status).toBe(200);
    const { id } = answer.body as unknown as { id?: string };
    if (id !== undefined) expect(JSON.stringify(found.body)).toContain(id);
  });
});

function pathOf({ path }: Route): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => objects[name] ?? crypto.randomUUID());
}

/** The example of the document about objects that are there, each time with names of its own. */
async function askedOf(route: Route, headers: Record<string, string> = {}): Promise<Asked> {
  // One that changes the key it is asked with would lock the rest out.
  const { key } = await keyOf(api, ["admin", "read:names"]);
  if (route.body === undefined) return { key, headers };
  if (route.body === "csv")
    return {
      key,
      headers: { ...headers, "content-type": "text/csv" },
      body: String(route.example),
    };
  const text = JSON.stringify(route.example, (name, value: unknown) => {
    if (name in objects && typeof value === "string" && name !== "deploymentId")
      return objects[name];
    return OWN_NAMES.has(name) ? `${crypto.randomUUID()}${EMAIL[name] ?? ""}` : value;
  });
  const json = JSON.parse(text) as { lineItem?: object };
  if (json.lineItem) json.lineItem = { id: objects["lineItemId"] };
  if (route.id === "addLineItem") {
    const { body } = await api.ask<{ url: string }>("GET", `/line-items/${objects["lineItemId"]}`);
    return { key, headers, json: { ...json, url: body.url } };
  }
  return { key, headers, json };
}

const OWN_NAMES = new Set(["clientId", "contextId", "email", "platformDeploymentId"]);
const EMAIL: Record<string, string> = { email: "@example.edu" };
