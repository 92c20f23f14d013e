import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import * as tests from "#lib/operations/connection-tests/connection-tests.ts";
import {
  archiveRegistration,
  getRegistration,
} from "#lib/operations/registrations/registrations.ts";
import type { ConnectionTestView } from "#lib/operations/connection-tests/schema.ts";
import { DoctorStage } from "#tests/support/doctor-stage.ts";
import { SCOPE } from "#tests/support/platform/index.ts";

const PATIENCE = { timeout: 15_000 };

let stage: DoctorStage;

beforeAll(async () => {
  stage = await DoctorStage.start();
});
beforeEach(() => stage.set());
afterAll(() => stage.stop());

const target = () => ({ registrationId: stage.registration.id });
const states = ({ steps }: ConnectionTestView) =>
  Object.fromEntries(steps.map(({ key, state }) => [key, state]));

const tokenRequests = () => stage.platform.requests({ route: "token" });

async function history() {
  return stage.installation.db.prisma.tokenRequest.findMany({
    where: target(),
    orderBy: { id: "asc" },
  });
}

describe("a connection test", () => {
  test("passes on a platform that is well, and asks the token endpoint once", async () => {
    const test = await stage.test();
    expect(test).toMatchObject({ state: "finished", verdict: "passed", audienceProbe: null });
    expect(test).toMatchObject({ startedBy: "Ada Operator" });
    expect(states(test)).toEqual({
      endpoints: "passed",
      platform_jwks: "passed",
      tool_jwks: "skipped",
      assertion: "passed",
      token: "passed",
      scopes: "passed",
      clock: "passed",
      memberships: "passed",
      line_items: "passed",
    });
    expect(await tokenRequests()).toHaveLength(1);
  });

  test("is listed as a forced token request, and spares the jobs one of their own", async () => {
    await stage.test();
    expect(await history()).toMatchObject([{ reason: "forced", httpStatus: 200 }]);
    const connection = await stage.installation.engine.connect(stage.registration.id, {
      memberships: { contextMembershipsUrl: `${stage.platform.url}/courses/course-1/memberships` },
    });
    await connection.fresh();
    expect(await tokenRequests()).toHaveLength(1);
  });

  test("asks again although a token is cached", async () => {
    await stage.test();
    await stage.test();
    expect(await tokenRequests()).toHaveLength(2);
  });

  test("keeps its token as one of the client that asked, whatever was entered meanwhile", async () => {
    await stage.platform.misbehave({ kind: "delay", route: "token", ms: 1_500 });
    const { clientId } = stage.registration;
    await tests.testConnection(stage.caller, target());
    await expect
      .poll(async () => states((await tests.getConnectionTest(stage.caller, target()))!), PATIENCE)
      .toMatchObject({ token: "running" });
    await stage.enter({ clientId: "another-client" });
    await stage.finished();
    const [kept] = await stage.installation.db.prisma.accessToken.findMany({ where: target() });
    expect(kept?.source.split(" ")[1]).toBe(clientId);
  });

  test("ends on a platform whose words no database keeps", async () => {
    const title = `\u0000 half \ud83d ${"\u{1f600}".repeat(2_000)}`;
    await stage.platform.misbehave({
      kind: "error_page",
      status: 422,
      title,
      route: "memberships",
    });
    await stage.platform.misbehave({ kind: "error_page", status: 400, title, route: "line_items" });
    const test = await stage.test();
    expect(test).toMatchObject({ state: "finished", verdict: "failed" });
    expect(states(test)).toMatchObject({ memberships: "failed", line_items: "failed" });
  });

  test("stores its steps as they end", async () => {
    await stage.platform.misbehave({ kind: "delay", route: "token", ms: 2_000 });
    const started = await tests.testConnection(stage.caller, target());
    expect(started.state).toBe("running");
    expect(started.steps.map(({ state }) => state)).toEqual(Array(9).fill("waiting"));
    await expect
      .poll(async () => states((await tests.getConnectionTest(stage.caller, target()))!), PATIENCE)
      .toMatchObject({ assertion: "passed", token: "running", scopes: "waiting" });
    await stage.finished();
  });

  test("is the one under way when it is asked for twice", async () => {
    const [first, second] = await Promise.all([
      tests.testConnection(stage.caller, target()),
      tests.testConnection(stage.caller, target()),
    ]);
    expect(second.id).toBe(first.id);
    await stage.finished();
    expect(await tokenRequests()).toHaveLength(1);
  });

  test("does not reach what depends on a failed step, and runs the others", async () => {
    await stage.platform.misbehave({ kind: "token_error", error: "unauthorized_client" });
    expect(states(await stage.test())).toMatchObject({
      token: "failed",
      scopes: "not_reached",
      clock: "passed",
      memberships: "not_reached",
      line_items: "not_reached",
    });
  });

  test("skips rosters and line items while no course is known, and asks for every scope", async () => {
    await stage.set({ hasCourse: false });
    const test = await stage.test();
    expect(states(test)).toMatchObject({ memberships: "skipped", line_items: "skipped" });
    expect(test.steps.find(({ key }) => key === "memberships")?.summary).toMatch(/first launch/);
    expect((await history())[0]?.requestedScopes).toHaveLength(5);
  });

  test("asks for each scope alone after invalid_scope, and goes on with what is granted", async () => {
    await stage.platform.misbehave({ kind: "strict_scopes" });
    await stage.registerAgain({ without: [SCOPE.score] });
    const test = await stage.test();
    expect(states(test)).toMatchObject({
      token: "warned",
      scopes: "failed",
      memberships: "passed",
      line_items: "passed",
    });
    const asked = (await history()).map(({ requestedScopes }) => requestedScopes.length);
    expect(asked).toEqual([5, 1, 1, 1, 1, 1, 4]);
    const { tokenState } = await getRegistration(stage.caller, target());
    expect(tokenState).toBe("valid");
  });

  test("keeps no name of the roster it read", async () => {
    await stage.test();
    const { contextId } = await stage.installation.db.prisma.course.findFirstOrThrow({
      where: target(),
    });
    const [member] = await stage.platform.rosterOf({ contextId });
    const stored = await stage.installation.db.prisma.connectionTest.findFirst({ where: target() });
    expect(member?.familyName).toBeTruthy();
    expect(JSON.stringify(stored)).not.toContain(member!.familyName);
    expect(JSON.stringify(stored)).not.toContain(member!.userId);
  });

  test("is refused for an archived registration", async () => {
    await archiveRegistration(stage.caller, target());
    await expect(tests.testConnection(stage.caller, target())).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });

  test("is forgotten after twenty more", async () => {
    const { prisma } = stage.installation.db;
    const startedAt = new Date(Date.now() - 86_400_000);
    const old = {
      ...target(),
      startedBy: "Ada Operator",
      verdict: "passed",
      finishedAt: startedAt,
    };
    await prisma.connectionTest.createMany({ data: Array(25).fill({ ...old, startedAt }) });
    await stage.test();
    const { items } = await tests.listConnectionTests(stage.caller, target());
    expect(items).toHaveLength(20);
    expect(await prisma.connectionTest.count({ where: target() })).toBe(20);
    expect(items[0]?.startedBy).toBe("Ada Operator");
  });
});

describe("a test whose process ended", () => {
  test("is shown as interrupted once its time is over, and the next one starts", async () => {
    const { id } = await tests.testConnection(stage.caller, target());
    await stage.finished();
    await stage.installation.db.prisma.connectionTest.update({
      where: { id },
      data: { finishedAt: null, verdict: null, startedAt: new Date(Date.now() - 180_000) },
    });
    const left = await tests.getConnectionTest(stage.caller, target());
    expect(left).toMatchObject({ state: "interrupted", verdict: null });
    const next = await tests.testConnection(stage.caller, target());
    expect(next.id).not.toBe(id);
    await stage.finished();
  });

  test("is interrupted at once when the engine stops", async () => {
    const other = await DoctorStage.start();
    await other.set();
    await other.platform.misbehave({ kind: "delay", route: "token", ms: 5_000 });
    const where = { registrationId: other.registration.id };
    await tests.testConnection(other.caller, where);
    await expect
      .poll(async () => states((await tests.getConnectionTest(other.caller, where))!), PATIENCE)
      .toMatchObject({ token: "running" });
    const stopping = other.installation.engine.stop();
    await expect
      .poll(async () => (await tests.getConnectionTest(other.caller, where))?.state, PATIENCE)
      .toBe("interrupted");
    await stopping;
    expect(other.installation.errors).toEqual([]);
    await other.stop({ isEngineStopped: true });
  });
});

describe("the audience probe", () => {
  test("stores the audience that works, drops the tokens and says so in the audit log", async () => {
    await stage.enter({ issuer: `${stage.platform.url}/issuer` });
    await stage.platform.misbehave({
      kind: "require_audience",
      audiences: [`${stage.platform.url}/issuer`],
    });
    expect((await stage.test()).audienceProbe).toMatchObject({ offered: true, tried: [] });

    const { audienceProbe } = await tests.probeAudience(stage.caller, target());
    expect(audienceProbe).toMatchObject({
      offered: false,
      worked: `${stage.platform.url}/issuer`,
      tried: [{ accepted: true, verbatim: null }],
    });
    expect(await getRegistration(stage.caller, target())).toMatchObject({ audience: "issuer" });
    const { prisma } = stage.installation.db;
    const entry = await prisma.auditEntry.findFirst({
      where: { objectId: stage.registration.id, action: "registration.update" },
    });
    expect(entry?.detail).toMatchObject({
      by: "audience probe",
      changes: { audience: { from: "token_endpoint", to: "issuer" } },
    });
    expect(await stage.test()).toMatchObject({ verdict: "passed", audienceProbe: null });
  });

  test("tries each once and keeps the registration when none is accepted", async () => {
    await stage.platform.misbehave({ kind: "token_error", description: "wrong audience" });
    await stage.enter({ audience: "custom", audienceValues: ["https://elsewhere.example.net"] });
    await stage.test();
    const before = (await tokenRequests()).length;
    const { audienceProbe } = await tests.probeAudience(stage.caller, target());
    expect(audienceProbe?.tried.map(({ accepted }) => accepted)).toEqual([false, false, false]);
    expect(audienceProbe?.tried[0]?.verbatim).toContain("wrong audience");
    expect((await tokenRequests()).length - before).toBe(3);
    expect(await getRegistration(stage.caller, target())).toMatchObject({
      audience: "custom",
      audienceValues: ["https://elsewhere.example.net"],
    });
    await expect(tests.probeAudience(stage.caller, target())).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });

  test("is not offered where the audience is not in doubt", async () => {
    await stage.test();
    await expect(tests.probeAudience(stage.caller, target())).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });
});
