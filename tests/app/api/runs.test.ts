import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "#lib/operations/fields.ts";
import type { MemberView } from "#lib/operations/courses/schema.ts";
import type { ScorePushResult } from "#lib/operations/scores/schema.ts";
import type {
  RunDetail,
  RunPage,
  RunStarted,
  ScoreOutcomeView,
} from "#lib/operations/runs/schema.ts";
import { startApi, type Api } from "#tests/support/api.ts";
import { addCourse, finished, register } from "#tests/support/installation.ts";
import { startPlatformInProcess, type PlatformClient } from "#tests/support/platform/index.ts";
import { createCourse } from "./inputs.ts";

let api: Api;
let platform: PlatformClient;
beforeAll(async () => {
  platform = await startPlatformInProcess();
  api = await startApi({ isWorker: true });
});
afterAll(async () => {
  await api.stop();
  await platform.stop();
});

const start = (json: object) => api.ask<RunStarted>("POST", "/runs", { json });

async function ended(run: { id: string }): Promise<RunDetail> {
  await finished(api.runtime, run.id);
  return (await api.ask<RunDetail>("GET", `/runs/${run.id}`)).body;
}

async function courseOnPlatform(given: Parameters<typeof addCourse>[3] = {}) {
  const registration = await register(api.runtime, platform);
  return addCourse(api.runtime, platform, registration, { members: 12, lineItems: 1, ...given });
}

describe("GET /runs", () => {
  test("filters by time, trigger, actor and error code", async () => {
    const { id, registrationId } = await createCourse(api);
    const { prisma } = api.runtime.db;
    const run = { kind: "roster_sync", registrationId, courseId: id, state: "failed" } as const;
    await prisma.run.createMany({
      data: [
        { ...run, trigger: "api", startedBy: "MyApp", createdAt: new Date("2026-01-01T10:00:00Z") },
        {
          ...run,
          trigger: "operator",
          startedBy: "Ada",
          errorCode: "lti.rate_limited",
          createdAt: new Date("2026-01-02T10:00:00Z"),
        },
      ],
    });
    const names = async (query: string) => {
      const { body } = await api.ask<RunPage>("GET", `/runs?courseId=${id}&${query}`);
      expect(body.counts).toMatchObject({ failed: body.items.length });
      return body.items.map(({ startedBy }) => startedBy);
    };
    expect(await names("trigger=api")).toEqual(["MyApp"]);
    expect(await names("actor=ada")).toEqual(["Ada"]);
    expect(await names("errorCode=lti.rate_limited")).toEqual(["Ada"]);
    expect(await names("since=2026-01-01T10:00:00Z&until=2026-01-02T10:00:00Z")).toEqual(["MyApp"]);
    expect(await names("since=2026-01-02T10:00:00Z")).toEqual(["Ada"]);
  });

  test("a run that was partly done counts as the registration's last success", async () => {
    const { id, registrationId } = await createCourse(api);
    const at = new Date("2026-01-02T10:00:00.000Z");
    const run = { kind: "roster_sync", registrationId, courseId: id } as const;
    await api.runtime.db.prisma.run.createMany({
      data: (["succeeded", "partly_succeeded", "failed"] as const).map((state, index) => ({
        ...run,
        state,
        trigger: "api",
        startedBy: "MyApp",
        finishedAt: new Date(at.getTime() + (index - 1) * 60_000),
      })),
    });
    const { body } = await api.ask("GET", `/registrations/${registrationId}`);
    expect(body).toMatchObject({ lastSuccessAt: at.toISOString() });
  });
});

describe("POST /runs", () => {
  test("answers at once with a run that then syncs the roster", async () => {
    const { course } = await courseOnPlatform();
    const answer = await start({ kind: "roster_sync", courseId: course.id });
    expect(answer.status).toBe(202);
    expect(answer.body).toMatchObject({
      alreadyActive: false,
      run: { kind: "roster_sync", courseId: course.id, trigger: "api", state: "queued" },
    });
    expect(answer.headers.get("location")).toBe(`/api/v1/runs/${answer.body.run.id}`);
    const run = await ended(answer.body.run);
    expect(run).toMatchObject({ state: "succeeded", canCancel: false, canRetry: false });
    const { body } = await api.ask<Page<MemberView>>("GET", `/courses/${course.id}/members`);
    expect(body.total).toBe(12);
  });

  test("answers with the run under way where the same sync is asked for twice", async () => {
    const { course } = await courseOnPlatform();
    await platform.misbehave({ kind: "delay", route: "memberships", ms: 1_000 });
    const first = await start({ kind: "roster_sync", courseId: course.id });
    const second = await start({ kind: "roster_sync", courseId: course.id });
    expect(second.status).toBe(202);
    expect(second.body).toMatchObject({ alreadyActive: true, run: { id: first.body.run.id } });
    await ended(first.body.run);
    await platform.behave({});
  });

  test.each([
    { kind: "roster_sync" },
    { kind: "roster_sync", courseId: "x" },
    { kind: "roster_sync", courseId: crypto.randomUUID(), registrationId: crypto.randomUUID() },
    { kind: "grade_sync" },
    { kind: "grade_sync", registrationId: crypto.randomUUID() },
    { kind: "everything" },
  ])("refuses %j", async (json) => {
    expect((await start(json)).status).toBe(422);
  });

  test("refuses what the platform does not offer, and what is archived", async () => {
    const { id } = await createCourse(api, { lineItemsUrl: null });
    expect((await start({ kind: "grade_sync", courseId: id })).status).toBe(409);
    await api.ask("POST", `/courses/${id}/archive`);
    expect((await start({ kind: "roster_sync", courseId: id })).status).toBe(409);
  });
});

describe("a grade sync", () => {
  test("tells what became of each score, and tries again what was rejected", async () => {
    const { course, contextId, lineItems } = await courseOnPlatform();
    const [learner] = await platform.rosterOf({ contextId, role: "Learner" });
    const scores = [
      { userId: learner?.userId, scoreGiven: 5 },
      { userId: "nobody-of-that-name", scoreGiven: 5 },
    ];
    const scoresPath = `/line-items/${lineItems[0]?.id}/scores`;
    const pushed = await api.ask<ScorePushResult>("POST", scoresPath, {
      json: { scores, send: true },
    });
    const run = await ended({ id: pushed.body.runId ?? "" });
    expect(run).toMatchObject({ state: "partly_succeeded", total: 2, failed: 1, canRetry: true });

    const path = `/runs/${run.id}/outcomes?kind=rejected`;
    const outcomes = await api.ask<Page<ScoreOutcomeView>>("GET", path);
    expect(outcomes.body).toMatchObject({ total: 1, items: [{ userId: "nobody-of-that-name" }] });
    expect(outcomes.body.items[0]?.problem?.code).toMatch(/^lti\./);

    const retried = await api.ask<RunStarted>("POST", `/runs/${run.id}/retry`);
    expect(retried.status).toBe(202);
    expect(retried.body.run).toMatchObject({ retryOfId: run.id, courseId: course.id });
    await ended(retried.body.run);

    expect((await api.ask("POST", `/courses/${course.id}/archive`)).status).toBe(200);
    const refused = await api.ask("POST", `/runs/${run.id}/retry`);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toMatch(/archived/);
  });
});

describe("a run", () => {
  test("is cancelled once", async () => {
    const { course } = await courseOnPlatform({ members: 300 });
    await platform.misbehave({ kind: "delay", route: "memberships", ms: 300 });
    const { body } = await start({ kind: "roster_sync", courseId: course.id });
    const cancelled = await api.ask("POST", `/runs/${body.run.id}/cancel`);
    expect(cancelled.status).toBe(202);
    expect(await ended(body.run)).toMatchObject({ state: "cancelled" });
    await platform.behave({});
    const again = await api.ask("POST", `/runs/${body.run.id}/cancel`);
    expect(again.status).toBe(409);
    expect(again.body.detail).toBe("the run has been cancelled");
  });

  test("that succeeded cannot be retried", async () => {
    const { course } = await courseOnPlatform();
    const { body } = await start({ kind: "roster_sync", courseId: course.id });
    await ended(body.run);
    expect((await api.ask("POST", `/runs/${body.run.id}/retry`)).status).toBe(409);
  });

  test("is listed by state, newest first, with counts per state", async () => {
    const { body } = await api.ask<RunPage>("GET", "/runs?state=succeeded,cancelled&limit=200");
    const states = new Set(body.items.map(({ state }) => state));
    expect([...states].sort()).toEqual(["cancelled", "succeeded"]);
    const times = body.items.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort().reverse());
    expect(body.total).toBe(body.counts.succeeded + body.counts.cancelled);
    expect(body.counts.partly_succeeded).toBeGreaterThan(0);
  });

  test("over a registration is listed under each of its courses, and under no other", async () => {
    const { course } = await courseOnPlatform();
    const other = await courseOnPlatform();
    const { registrationId } = course;
    const { body } = await start({ kind: "roster_sync", registrationId });
    await ended(body.run);
    const listed = await api.ask<RunPage>("GET", `/runs?courseId=${course.id}`);
    expect(listed.body.items.map(({ id }) => id)).toEqual([body.run.id]);
    const elsewhere = await api.ask<RunPage>("GET", `/runs?courseId=${other.course.id}`);
    expect(elsewhere.body).toMatchObject({ total: 0, items: [] });
  });

  test.each(["state=done", "state=succeeded,done", "kind=x", "courseId=x", "cursor=WyJ4IiwieSJd"])(
    "is not listed by %s",
    async (query) => {
      expect((await api.ask("GET", `/runs?${query}`)).status).toBe(422);
    },
  );
});
