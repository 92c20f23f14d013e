import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listCourses } from "#lib/operations/courses/courses.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listTokenLives, listTokenRequests } from "#lib/operations/tokens/history.ts";
import { getClientAssertion, getToken, listTokens } from "#lib/operations/tokens/tokens.ts";
import { SCOPE } from "#lib/lti/scopes.ts";
import { openCourseStage, REFUSED, type CourseStage } from "#tests/support/course-stage.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";

let installation: Installation;
let caller: Caller;
let stage: CourseStage;
let registrationId: string;

beforeAll(async () => {
  installation = await startInstallation({ isWorker: false });
  caller = callerOf(installation);
  stage = await openCourseStage(installation.db);
  ({ registrationId } = stage);
});
afterAll(() => installation.stop());

const MINUTE = 60_000;
const ago = (minutes: number) => new Date(Date.now() - minutes * MINUTE);

type Token = { obtained: number; expires: number; evicted?: number; granted?: string[] };

/** A token by minutes ago, and the request that it came by. */
async function grant(reason: string, { obtained, expires, evicted, granted }: Token) {
  const { prisma } = installation.db;
  const expiresAt = ago(expires);
  const requestedScopes = [SCOPE.memberships, SCOPE.score];
  const grantedScopes = granted ?? requestedScopes;
  await prisma.tokenRequest.create({
    data: {
      registrationId,
      reason,
      requestedScopes,
      grantedScopes,
      expiresAt,
      httpStatus: 200,
      durationMs: 40,
      at: ago(obtained),
    },
  });
  return prisma.accessToken.create({
    data: {
      registrationId,
      source: "s",
      sealedToken: "sealed",
      fingerprint: `f${obtained}`,
      requestedScopes,
      grantedScopes,
      obtainedAt: ago(obtained),
      expiresAt,
      ...(evicted !== undefined && { evictedAt: ago(evicted), evictedReason: "401" }),
    },
  });
}

const use = (accessTokenId: string, runId: string, minutes: number, process = "a:1") =>
  installation.db.prisma.tokenUse.create({
    data: { accessTokenId, runId, firstUsedAt: ago(minutes), process },
  });

describe("the lives of a registration's tokens", () => {
  let runIds: string[];
  beforeAll(async () => {
    const expired = await grant("first", { obtained: 400, expires: 340 });
    const dropped = await grant("expired", { obtained: 200, expires: 140, evicted: 180 });
    const replaced = await grant("evicted", { obtained: 170, expires: 110 });
    const alive = await grant("ahead", { obtained: 115, expires: -45, granted: [SCOPE.score] });
    const first = await stage.ended({}, { state: "succeeded" });
    const second = await stage.begun({ courseId: stage.courseIds[0]! });
    await use(expired.id, first, 399);
    await use(dropped.id, second.runId, 199);
    await use(replaced.id, second.runId, 169);
    await use(alive.id, second.runId, 114);
    await use(alive.id, first, 20, "b:2");
    runIds = [first, second.runId];
  });

  test("say how each ended, why it was asked for and which runs drew on it", async () => {
    const { items, total } = await listTokenLives(caller, { registrationId });
    expect(total).toBe(4);
    expect(items.map(({ end, reason }) => [end, reason])).toEqual([
      ["alive", "ahead"],
      ["replaced", "evicted"],
      ["evicted", "expired"],
      ["expired", "first"],
    ]);
    const [alive, replaced, evicted, expired] = items as [Life, Life, Life, Life];
    expect(replaced.endedAt).toBe(alive.obtainedAt);
    expect(evicted.endedAt < evicted.expiresAt).toBe(true);
    expect(evicted.evictedReason).toBe("401");
    expect(expired.endedAt).toBe(expired.expiresAt);
    expect(alive.runs.map(({ id }) => id)).toEqual([runIds[0], runIds[1]]);
    // It drew on this one until it took up the next.
    expect(evicted.runs[0]!.usedUntil).toBe(replaced.runs[0]!.firstUsedAt);
    expect(alive.runs[1]).toMatchObject({ usedUntil: null, courseTitle: "Course 0" });
  });

  test("are paged, and narrowed to a stretch of time", async () => {
    const first = await listTokenLives(caller, { registrationId, limit: 3 });
    const cursor = first.nextCursor!;
    const rest = await listTokenLives(caller, { registrationId, limit: 3, cursor });
    expect(rest.items.map(({ end }) => end)).toEqual(["expired"]);
    expect(rest.nextCursor).toBeNull();
    const late = await listTokenLives(caller, { registrationId, since: ago(150).toISOString() });
    expect(late.items.map(({ end }) => end)).toEqual(["alive", "replaced"]);
  });

  test("the present one says what is granted, who needs it and who shares it", async () => {
    const { prisma } = installation.db;
    await prisma.course.update({
      where: { id: stage.courseIds[1]! },
      data: { scopes: [SCOPE.score, SCOPE.resultReadonly, "https://other.example/scope"] },
    });
    const token = await getToken(caller, { registrationId });
    expect(token).toMatchObject({
      state: "valid",
      scopesGranted: 1,
      scopesNeeded: 3,
      missingScopes: ["contextmembership.readonly"],
      runCount: 2,
      activeRuns: 1,
      processCount: 2,
    });
    expect(token.scopes).toEqual([
      expect.objectContaining({ scope: SCOPE.memberships, courses: 3, isGranted: false }),
      expect.objectContaining({ scope: SCOPE.resultReadonly, courses: 1, isRequested: false }),
      expect.objectContaining({ scope: SCOPE.score, courses: 1, isGranted: true }),
    ]);
    // Also of what is granted it is said what would break.
    expect(token.scopes.every(({ breaks }) => breaks !== null)).toBe(true);
    for (const { scope, courses } of token.scopes)
      expect((await listCourses(caller, { registrationId, scope })).total).toBe(courses);
  });
});

type Life = Awaited<ReturnType<typeof listTokenLives>>["items"][number];

describe("the token requests of a registration", () => {
  beforeAll(async () => {
    await installation.db.prisma.tokenRequest.create({
      data: {
        registrationId,
        reason: "forced",
        requestedScopes: [SCOPE.score],
        durationMs: 9,
        httpStatus: 401,
        ...REFUSED,
      },
    });
  });

  test("are listed with their reasons, newest first, and narrowed by them", async () => {
    const { items } = await listTokenRequests(caller, { registrationId });
    expect(items.map(({ reason }) => reason)).toEqual([
      "forced",
      "ahead",
      "evicted",
      "expired",
      "first",
    ]);
    expect(items[0]!.problem).toMatchObject({ code: "lti.token_refused" });
    expect(items[2]!.evictedReason).toBe("401");
    expect(items[3]!.evictedReason).toBeNull();
    const of = async (filter: object) =>
      (await listTokenRequests(caller, { registrationId, ...filter })).items.map((r) => r.reason);
    expect(await of({ outcome: "refused" })).toEqual(["forced"]);
    expect(await of({ reason: "ahead" })).toEqual(["ahead"]);
    expect(await of({ since: ago(180).toISOString(), outcome: "granted" })).toEqual([
      "ahead",
      "evicted",
    ]);
    expect(await of({ errorCode: "lti.token_refused" })).toEqual(["forced"]);
  });

  test("are paged by cursor in either direction", async () => {
    for (const sort of ["at", "-at"] as const) {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listTokenRequests(caller, { registrationId, limit: 2, sort, cursor });
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      const inOrder = [...seen].sort((a, b) => Number(a) - Number(b));
      expect(seen).toEqual(sort === "at" ? inOrder : inOrder.reverse());
      expect(new Set(seen).size).toBe(5);
    }
  });
});

describe("the list of tokens", () => {
  test("is filtered by state, error and name, sorted and paged", async () => {
    const other = await openCourseStage(installation.db);
    await installation.db.prisma.registration.update({
      where: { id: other.registrationId },
      data: { name: "A College" },
    });
    const of = async (filter: object) =>
      (await listTokens(caller, filter)).items.map((token) => token.registrationId);
    expect(await of({})).toEqual([other.registrationId, registrationId]);
    expect(await of({ sort: "state" })).toEqual([registrationId, other.registrationId]);
    expect(await of({ sort: "-expiresAt" })).toEqual([registrationId, other.registrationId]);
    expect(await of({ sort: "-errorAt" })).toEqual([registrationId, other.registrationId]);
    expect(await of({ state: "refused" })).toEqual([registrationId]);
    expect(await of({ state: "none" })).toEqual([other.registrationId]);
    expect(await of({ errorCode: "lti.token_refused" })).toEqual([registrationId]);
    expect(await of({ q: "college" })).toEqual([other.registrationId]);
    expect(await of({ registrationId })).toEqual([registrationId]);
    for (const sort of ["name", "-requestsSaved", "state", "errorAt"] as const) {
      const first = await listTokens(caller, { sort, limit: 1 });
      const second = await listTokens(caller, { sort, limit: 1, cursor: first.nextCursor! });
      const all = await of({ sort });
      expect([...first.items, ...second.items].map((each) => each.registrationId)).toEqual(all);
    }
    expect(await of({ sort: "name" })).toHaveLength(2);
  });

  test("has no registration that is archived", async () => {
    const archived = await openCourseStage(installation.db);
    await installation.db.prisma.registration.update({
      where: { id: archived.registrationId },
      data: { archivedAt: new Date() },
    });
    const { items } = await listTokens(caller, {});
    expect(items.map((each) => each.registrationId)).not.toContain(archived.registrationId);
  });
});

test("the assertion is shown decoded, without its signature", async () => {
  const assertion = await getClientAssertion(caller, { registrationId });
  const { clientId, tokenEndpoint } = await installation.db.prisma.registration.findUniqueOrThrow({
    where: { id: registrationId },
  });
  const key = await installation.db.prisma.signingKey.findFirstOrThrow({});
  expect(assertion).toMatchObject({
    tokenEndpoint,
    header: { alg: "RS256", kid: key.kid, typ: "JWT" },
    claims: { iss: clientId, sub: clientId, aud: [tokenEndpoint] },
  });
  expect(assertion.claims.exp - assertion.claims.iat).toBe(300);
  // No part of it is a JWT or a part of one.
  expect(JSON.stringify(assertion)).not.toMatch(/eyJ[\w-]+\./);
  expect(Object.keys(assertion)).toEqual(["tokenEndpoint", "header", "claims"]);
});
