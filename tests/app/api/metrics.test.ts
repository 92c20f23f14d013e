import { afterAll, beforeAll, expect, test } from "vitest";
import { GET } from "../../../app/metrics/route.ts";
import { startMetricsServer } from "#lib/bin/process/metrics-server.ts";
import { API_KEY, requestOf, startApi, type Api } from "#tests/support/api.ts";
import { addCourse, finished, register, startRun } from "#tests/support/installation.ts";
import { sampleOf } from "#tests/support/prometheus.ts";
import { startPlatform } from "#tests/support/platform/index.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi({ isWorker: true });
});
afterAll(() => api.stop());

const scrape = (key?: string | null) => GET(requestOf("GET", "/metrics", { key }));

test("is for keys that may read every registration", async () => {
  const registration = await api.runtime.db.prisma.registration.findFirst();
  expect(registration).toBeNull();
  expect((await scrape(null)).status).toBe(401);
  expect((await scrape("rbk_unknown_0123456789abcdef0123456789abcdef")).status).toBe(401);
  const response = await scrape();
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
  expect(response.headers.get("cache-control")).toBe("no-store");
});

test("counts what the platform was asked, by registration, and how runs ended", async () => {
  const platform = await startPlatform();
  try {
    const { engine } = api.runtime;
    const installation = { ...api.runtime, engine };
    const registration = await register(installation, platform, {});
    const made = await addCourse(installation, platform, registration, { members: 3 });
    const target = { registrationId: registration.id, courseId: made.course.id };
    for (let run = 0; run < 2; run++) {
      const { id } = await startRun(installation, "roster_sync", target);
      await finished(installation, id);
    }
    await platform.misbehave({ kind: "forbidden", contextId: made.contextId });
    const { id } = await startRun(installation, "roster_sync", target);
    await finished(installation, id);
    const text = await (await scrape()).text();
    const of = { registration: registration.id };
    const calls = (operation: string, outcome: string) =>
      sampleOf(text, "rollbook_platform_requests_total", { ...of, operation, outcome });
    const { tokensIssued, byRoute } = await platform.counts();
    expect(calls("token.request", "2xx")).toBe(tokensIssued);
    expect(calls("memberships.list", "4xx")).toBeGreaterThan(0);
    const lists = calls("memberships.list", "2xx")! + calls("memberships.list", "4xx")!;
    expect(lists).toBe((byRoute.memberships ?? 0) + (byRoute.differences ?? 0));
    const taken = (origin: string) =>
      sampleOf(text, "rollbook_tokens_taken_total", { ...of, origin });
    expect(taken("requested")).toBe(tokensIssued);
    expect(taken("cache")).toBeGreaterThan(0);
    const ended = (labels: Record<string, string>) =>
      sampleOf(text, "rollbook_runs_ended_total", { kind: "roster_sync", ...labels });
    expect(ended({ state: "succeeded", cause: "none" })).toBe(2);
    const { state, errorCode } = await api.runtime.db.prisma.run.findUniqueOrThrow({
      where: { id },
    });
    expect(state).toBe("failed");
    expect(ended({ state, cause: errorCode! })).toBe(1);
    expect(sampleOf(text, "rollbook_workers", {})).toBe(1);
    expect(sampleOf(text, "rollbook_database_connections", { state: "waiting" })).toBe(0);
    expect(
      sampleOf(text, "rollbook_platform_request_seconds_count", { operation: "memberships.list" }),
    ).toBe(lists);
  } finally {
    await platform.stop();
  }
});

test("runs that wait are counted with the age of the oldest, and gone when they are", async () => {
  const { db } = api.runtime;
  const { id: registrationId } = await db.prisma.registration.findFirstOrThrow();
  const createdAt = new Date(Date.now() - 90_000);
  const waiting = { registrationId, kind: "verify", state: "paused", createdAt } as const;
  const { id } = await db.prisma.run.create({
    data: { ...waiting, trigger: "api", startedBy: "a test" },
  });
  const before = await (await scrape()).text();
  await db.prisma.run.delete({ where: { id } });
  const after = await (await scrape()).text();
  const labels = { kind: "verify", state: "paused" };
  expect(sampleOf(before, "rollbook_runs", labels)).toBe(1);
  const age = sampleOf(before, "rollbook_oldest_run_seconds", labels)!;
  expect(age).toBeGreaterThan(89);
  expect(age).toBeLessThan(300);
  expect(sampleOf(after, "rollbook_runs", labels)).toBeUndefined();
});

test("a process without pages answers the same on a port of its own", async () => {
  const server = await startMetricsServer(api.runtime, { port: 0, host: "127.0.0.1" });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${server.port}${path}`, { headers });
  try {
    const authorization = `Bearer ${API_KEY}`;
    const response = await ask("/metrics", { authorization });
    expect(response.status).toBe(200);
    expect(sampleOf(await response.text(), "rollbook_workers", {})).toBe(1);
    expect((await ask("/metrics")).status).toBe(401);
    expect((await ask("/metrics", { authorization: "Bearer nobody" })).status).toBe(401);
    expect((await ask("/anything", { authorization })).status).toBe(404);
  } finally {
    await server.close();
  }
});
