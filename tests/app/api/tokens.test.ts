import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { CourseView } from "#lib/operations/courses/schema.ts";
import type { LineItemView } from "#lib/operations/line-items/schema.ts";
import type { TokenLife, TokenView } from "#lib/operations/tokens/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import {
  SCOPE,
  startPlatformInProcess,
  type PlatformClient,
} from "#tests/support/platform/index.ts";
import { createRegistration } from "./inputs.ts";

let api: Api;
let platform: PlatformClient;
let registrationId: string;
let path: string;
beforeAll(async () => {
  platform = await startPlatformInProcess();
  api = await startApi();
});
beforeEach(async () => {
  const registration = await register(api.runtime, platform);
  await addCourse(api.runtime, platform, registration, { members: 3, lineItems: 2 });
  registrationId = registration.id;
  path = `/tokens/${registrationId}`;
});
afterAll(async () => {
  await api.stop();
  await platform.stop();
});

describe("a token", () => {
  test("is unknown before the first request, valid after it, and gone when dropped", async () => {
    expect((await api.ask("GET", path)).body).toMatchObject({ state: "none", fingerprint: null });
    expect((await api.ask("GET", `${path}/requests`)).body).toMatchObject({ items: [], total: 0 });
    const refreshed = await api.ask<TokenView>("POST", `${path}/refresh`);
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).toMatchObject({ registrationId, state: "valid", requestsMade: 1 });
    const granted = refreshed.body.scopes.filter(({ isGranted }) => isGranted);
    expect(granted.map(({ scope }) => scope)).toContain(SCOPE.memberships);
    const dropped = await api.ask<TokenView>("DELETE", path);
    expect(dropped.status).toBe(200);
    expect(dropped.body.state).toBe("evicted");
    expect((await api.ask("DELETE", path)).status).toBe(200);
    const { body } = await api.ask<Page<TokenLife>>("GET", `${path}/lives`);
    expect(body.items).toEqual([
      expect.objectContaining({
        end: "evicted",
        reason: "forced",
        evictedReason: "dropped by an operator",
      }),
    ]);
  });

  test("is never shown", async () => {
    await api.ask("POST", `${path}/refresh`);
    const lists = ["/tokens", `${path}/lives`, `${path}/requests`];
    const exports = lists.map((list) => `/exports${list}?format=json`);
    const paths = [path, `${path}/assertion`, ...lists, ...exports];
    const answers = await Promise.all(paths.map((each) => api.ask("GET", each)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const body = answers.map((answer) => answer.body);
    const stored = await api.runtime.db.prisma.accessToken.findMany();
    expect(stored.length).toBeGreaterThan(0);
    for (const { sealedToken } of stored) expect(JSON.stringify(body)).not.toContain(sealedToken);
    expect(JSON.stringify(body)).not.toMatch(/access_token|sealed/i);
  });

  test("that the platform refuses is told in the platform's own words", async () => {
    await platform.misbehave({ kind: "token_error" });
    const { status, body } = await api.ask("POST", `${path}/refresh`);
    await platform.behave({});
    expect(status).toBe(502);
    expect(body).toMatchObject({ code: "lti.token_refused", facts: { error: "invalid_client" } });
    expect((await api.ask("GET", path)).body).toMatchObject({ state: "refused" });
  });

  test("is not requested for a registration whose courses use no service", async () => {
    const { id } = await createRegistration(api);
    const { status, body } = await api.ask("POST", `/tokens/${id}/refresh`);
    expect(status).toBe(409);
    expect(body.code).toBe("operation.conflict");
  });
});

test("line items are imported from the platform over it", async () => {
  const { body } = await api.ask<Page<CourseView>>(
    "GET",
    `/courses?registrationId=${registrationId}`,
  );
  const courseId = body.items[0]?.id;
  const imported = await api.ask("POST", `/courses/${courseId}/line-items/import`);
  expect(imported.status).toBe(200);
  expect(imported.body).toMatchObject({ complete: true });
  const made = await api.ask<LineItemView>("POST", `/courses/${courseId}/line-items`, {
    json: { label: "Essay", scoreMaximum: 20, resourceId: "essay" },
  });
  expect(made.status).toBe(201);
  const found = await api.ask<LineItemView>("POST", `/courses/${courseId}/line-items`, {
    json: { label: "Essay", scoreMaximum: 20, resourceId: "essay" },
  });
  expect(found.body.id).toBe(made.body.id);
});
