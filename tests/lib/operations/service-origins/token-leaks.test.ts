import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "#lib/operations/caller.ts";
import { createCourse, updateCourse } from "#lib/operations/courses/courses.ts";
import { recordContext, reportLaunch } from "#lib/operations/launches/index.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { importLineItems } from "#lib/operations/line-items/line-items.ts";
import { getOverview } from "#lib/operations/overview/overview.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import {
  addServiceOrigin,
  approveServiceOrigin,
  declineServiceOrigin,
  removeServiceOrigin,
} from "#lib/operations/service-origins/service-origins.ts";
import { SCOPE } from "#lib/lti/index.ts";
import { startCaptureHost, type CaptureHost } from "#tests/support/capture-host.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  wantScores,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf, claim, startLaunchStage, type LaunchStage } from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let installation: Installation;
let platform: PlatformClient;
let elsewhere: CaptureHost;
let caller: Caller;

beforeAll(async () => {
  [installation, platform, elsewhere] = await Promise.all([
    startInstallation(),
    startPlatform(),
    startCaptureHost(),
  ]);
  caller = callerOf(installation);
});
afterAll(async () => {
  await installation.stop();
  await Promise.all([platform.stop(), elsewhere.stop()]);
});
afterEach(() => {
  expect(elsewhere.received).toEqual([]);
  expect(installation.errors).toEqual([]);
});

const REFUSED = { state: "failed", errorCode: "lti.origin_not_allowed" };
const SCOPES = [SCOPE.memberships, SCOPE.lineItem, SCOPE.score, SCOPE.resultReadonly];
const originsOf = async (registrationId: string) =>
  (await getRegistration(caller, { registrationId })).serviceOrigins;
const tokensAsked = (registrationId: string) =>
  caller.db.prisma.tokenRequest.count({ where: { registrationId } });
const actsOn = async (objectId: string) =>
  (await caller.db.prisma.auditEntry.findMany({ where: { objectId }, orderBy: { id: "asc" } })).map(
    ({ action, detail }) => ({ action, detail }),
  );

/** A course as somebody enters it, all of whose services are elsewhere. */
const entered = () => ({
  deploymentId: "1",
  contextId: crypto.randomUUID(),
  title: "History",
  label: "",
  membershipsUrl: `${elsewhere.url}/steal`,
  lineItemsUrl: `${elsewhere.url}/items`,
  lineItemUrl: null,
  groupsUrl: null,
  groupSetsUrl: null,
  scopes: SCOPES,
});

async function runOf(
  kind: "roster_sync" | "grade_sync" | "verify",
  registrationId: string,
  courseId?: string,
) {
  const { id } = await startRun(installation, kind, { registrationId, courseId });
  return finished(installation, id);
}

async function columnWithScore(courseId: string, url: string) {
  const { prisma } = caller.db;
  const lineItem = await prisma.lineItem.create({
    data: { courseId, url, label: "Essay", scoreMaximum: 100 },
  });
  await wantScores(installation, lineItem, ["u1"]);
  return lineItem;
}

describe("a course whose addresses somebody entered", () => {
  test("gets neither roster nor grades from elsewhere, and no token is asked for", async () => {
    const { id: registrationId } = await register(installation, platform);
    const { id } = await createCourse(caller, { registrationId, ...entered() });
    await columnWithScore(id, `${elsewhere.url}/items/1`);
    expect(await originsOf(registrationId)).toMatchObject([
      { origin: elsewhere.url, state: "pending", source: "course", decidedBy: null },
    ]);
    const roster = await runOf("roster_sync", registrationId, id);
    const part = await caller.db.prisma.runCourse.findFirstOrThrow({ where: { runId: roster.id } });
    expect(part).toMatchObject({
      ...REFUSED,
      errorDetail: { origin: elsewhere.url, state: "pending" },
    });
    expect(await runOf("grade_sync", registrationId, id)).toMatchObject(REFUSED);
    expect(
      await caller.db.prisma.score.findFirstOrThrow({ where: { lineItem: { courseId: id } } }),
    ).toMatchObject({ state: "pending" });
    await caller.db.prisma.score.updateMany({
      where: { lineItem: { courseId: id } },
      data: { state: "sent", sentAt: new Date(), sentScoreGiven: 1, sentScoreMaximum: 100 },
    });
    expect(await runOf("verify", registrationId, id)).toMatchObject(REFUSED);
    expect(await tokensAsked(registrationId)).toBe(0);
  });

  test("is one of many: the others are synced", async () => {
    const registration = await register(installation, platform);
    const good = await addCourse(installation, platform, registration, { members: 3 });
    await createCourse(caller, { registrationId: registration.id, ...entered() });
    const { id } = await runOf("roster_sync", registration.id);
    const parts = await caller.db.prisma.runCourse.findMany({ where: { runId: id } });
    expect(parts.map(({ state, errorCode }) => [state, errorCode]).sort()).toEqual([
      ["failed", "lti.origin_not_allowed"],
      ["succeeded", null],
    ]);
    expect(parts.find(({ courseId }) => courseId === good.course.id)?.state).toBe("succeeded");
  });

  test.each(["membershipsUrl", "lineItemsUrl", "lineItemUrl"] as const)(
    "is not called at a %s that was changed later",
    async (field) => {
      const registration = await register(installation, platform);
      const { course } = await addCourse(installation, platform, registration, { members: 2 });
      const { id: courseId, registrationId } = course;
      await updateCourse(caller, { courseId, [field]: `${elsewhere.url}/later` });
      await columnWithScore(courseId, `${elsewhere.url}/later/1`);
      const kind = field === "membershipsUrl" ? "roster_sync" : "grade_sync";
      const run = await runOf(kind, registrationId, courseId);
      expect(run.state).toBe("failed");
      expect(await originsOf(registrationId)).toMatchObject([{ state: "pending" }]);
    },
  );

  test("is not called where a tool reported the context", async () => {
    const { id: registrationId } = await register(installation, platform);
    const { deploymentId: _d, contextId, label: _l, lineItemUrl: _i, ...facts } = entered();
    const key = { registrationId, platformDeploymentId: "1", contextId };
    const { course } = await recordContext(caller, { ...key, ...facts });
    expect((await runOf("roster_sync", registrationId, course!.id)).state).toBe("failed");
    expect(await originsOf(registrationId)).toMatchObject([{ state: "pending", source: "course" }]);
  });

  test("is told before anybody decided, and of what was planted past every operation", async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 2 });
    const membershipsUrl = `${elsewhere.url}/planted`;
    await caller.db.prisma.course.update({ where: { id: course.id }, data: { membershipsUrl } });
    await runOf("roster_sync", registration.id, course.id);
    expect(await originsOf(registration.id)).toMatchObject([
      { origin: elsewhere.url, state: "pending", source: "platform" },
    ]);
    const { attention } = await getOverview(caller);
    const entry = attention.find(
      ({ registrationId, kind }) => registrationId === registration.id && kind === "pending_origin",
    );
    expect(entry).toMatchObject({
      code: "service_origin.pending",
      message: expect.stringContaining(elsewhere.url) as string,
      owner: "An admin of this Rollbook",
      path: `/registrations/${registration.id}`,
    });
    expect(
      attention.some(
        ({ registrationId, kind }) => registrationId === registration.id && kind === "failure",
      ),
    ).toBe(false);
  });
});

describe("a column elsewhere", () => {
  test("is refused where its address is entered", async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { lineItems: 1 });
    const column = { label: "Essay", scoreMaximum: 10, url: `${elsewhere.url}/items/1` };
    await expect(addLineItem(caller, { courseId: course.id, ...column })).rejects.toMatchObject({
      code: "operation.invalid_input",
    });
  });

  test("that the platform itself lists is recorded and waits, and the others' scores go out", async () => {
    const registration = await register(installation, platform);
    const added = await addCourse(installation, platform, registration, {
      members: 3,
      lineItems: 1,
    });
    const courseId = added.course.id;
    const foreign = await columnWithScore(courseId, `${elsewhere.url}/items/1`);
    const [user] = await platform.rosterOf({ contextId: added.contextId, role: "Learner" });
    await wantScores(installation, added.lineItems[0]!, [user!.userId]);
    const run = await runOf("grade_sync", registration.id, courseId);
    expect(run).toMatchObject({ state: "partly_succeeded", done: 1, failed: 1 });
    const score = await caller.db.prisma.score.findFirstOrThrow({
      where: { lineItemId: foreign.id },
    });
    expect(score).toMatchObject({ state: "rejected", errorCode: "lti.origin_not_allowed" });
    expect(await originsOf(registration.id)).toMatchObject([{ state: "pending" }]);
  });

  test("comes with an import, and waits", async () => {
    const lms = await startCaptureHost();
    lms.answers["/token"] = {
      access_token: "of-the-platform",
      token_type: "Bearer",
      expires_in: 3600,
      scope: SCOPE.lineItem,
    };
    lms.answers["/items"] = [{ id: `${elsewhere.url}/items/1`, label: "Essay", scoreMaximum: 10 }];
    const registration = await caller.db.prisma.registration.create({
      data: {
        name: "Importing",
        issuer: lms.url,
        clientId: crypto.randomUUID(),
        tokenEndpoint: `${lms.url}/token`,
        authorizationEndpoint: `${lms.url}/authorize`,
        jwksUrl: `${lms.url}/jwks`,
        deployments: { create: { deploymentId: "1" } },
      },
    });
    const course = await createCourse(caller, {
      registrationId: registration.id,
      ...entered(),
      membershipsUrl: null,
      lineItemsUrl: `${lms.url}/items`,
    });
    expect(await importLineItems(caller, { courseId: course.id })).toMatchObject({ added: 1 });
    expect(lms.received.at(-1)).toMatchObject({ authorization: "Bearer of-the-platform" });
    expect(await originsOf(registration.id)).toMatchObject([
      { origin: elsewhere.url, state: "pending", source: "platform" },
    ]);
    await lms.stop();
  });
});

describe("a reply of the platform", () => {
  test.each([
    ["next page", { kind: "link_dialect", as: "cross_origin" } as const, "lti.next_page_unsafe"],
    ["redirect", { kind: "redirect", to: "cross_origin" } as const, "lti.redirect_refused"],
  ])("takes no token elsewhere by its %s", async (_what, fault, errorCode) => {
    const registration = await register(installation, platform);
    await caller.db.prisma.registration.update({
      where: { id: registration.id },
      data: { profileOverrides: { pageLimit: 2 } },
    });
    const { course } = await addCourse(installation, platform, registration, { members: 5 });
    await platform.resetCounts();
    await platform.misbehave({ ...fault, route: "memberships" });
    const run = await runOf("roster_sync", registration.id, course.id);
    await platform.behave();
    const part = await caller.db.prisma.runCourse.findFirstOrThrow({ where: { runId: run.id } });
    expect(part).toMatchObject({ state: "failed", errorCode });
    const asked = await platform.requests({ route: "memberships" });
    expect(asked.map(({ host }) => host)).toEqual([new URL(platform.url).host]);
  });
});

describe("a launch that the platform signed", () => {
  let stage: LaunchStage;
  const NRPS = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice";
  const AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint";
  const report = async (origin: string, contextId: string) => {
    const claims = {
      [claim("context")]: { id: contextId, title: "Biology" },
      [NRPS]: { context_memberships_url: `${origin}/members`, service_versions: ["2.0"] },
      [AGS]: { scope: [SCOPE.score], lineitems: `${origin}/items` },
    };
    const idToken = await stage.token({ state: "of the tool", nonce: "of the tool" }, { claims });
    const { id: registrationId } = stage.registration;
    return reportLaunch(stage.caller, { registrationId, idToken, maxAgeSeconds: 3_600 });
  };

  beforeAll(async () => {
    stage = await startLaunchStage(installation, platform);
  });

  test("waits with its origins while nobody approved where its key set is", async () => {
    const { id: registrationId } = stage.registration;
    await report("https://one.example.edu", "signed-1");
    expect(await originsOf(registrationId)).toMatchObject([
      { origin: new URL(platform.url).origin, state: "pending", source: "registration" },
      { origin: "https://one.example.edu", state: "pending", source: "launch" },
    ]);
  });

  test("has its origins approved, which the audit tells", async () => {
    const { id: registrationId } = stage.registration;
    const [keySet] = await originsOf(registrationId);
    await approveServiceOrigin(caller, { registrationId, originId: keySet!.id });
    await report("https://one.example.edu", "signed-1");
    await report("https://two.example.edu", "signed-2");
    const launched = (await originsOf(registrationId)).filter(({ source }) => source === "launch");
    expect(launched.map(({ origin, state, decidedBy }) => [origin, state, decidedBy])).toEqual([
      ["https://one.example.edu", "approved", null],
      ["https://two.example.edu", "approved", null],
    ]);
    expect(await actsOn(registrationId)).toContainEqual({
      action: "service_origin.approve",
      detail: { origin: "https://two.example.edu", namedBy: "launch" },
    });
  });

  test("undoes no decision of an admin", async () => {
    const { id: registrationId } = stage.registration;
    const two = (await originsOf(registrationId)).find(({ origin }) => origin.includes("two"));
    await declineServiceOrigin(caller, { registrationId, originId: two!.id });
    const { course } = await report("https://two.example.edu", "signed-2");
    const run = await runOf("roster_sync", registrationId, course!.id);
    const part = await caller.db.prisma.runCourse.findFirstOrThrow({ where: { runId: run.id } });
    expect(part.errorDetail).toMatchObject({
      origin: "https://two.example.edu",
      state: "declined",
    });
  });
});

describe("what an admin decides", () => {
  test("counts at once: approved it is called, removed it is not", async () => {
    const registration = await register(installation, platform);
    const { course } = await addCourse(installation, platform, registration, { members: 2 });
    const other = platform.url.replace("127.0.0.1", "localhost");
    const { id: registrationId } = registration;
    const membershipsUrl = course.membershipsUrl!.replace(platform.url, other);
    await updateCourse(caller, { courseId: course.id, membershipsUrl });
    expect((await runOf("roster_sync", registrationId, course.id)).state).toBe("failed");
    const [waiting] = await originsOf(registrationId);
    const key = { registrationId, originId: waiting!.id };
    const { serviceOrigins } = await approveServiceOrigin(caller, key);
    expect(serviceOrigins).toMatchObject([
      { origin: other, state: "approved", decidedBy: "Rollbook" },
    ]);
    expect((await runOf("roster_sync", registrationId, course.id)).state).toBe("succeeded");
    expect((await removeServiceOrigin(caller, key)).serviceOrigins).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    expect((await runOf("roster_sync", registrationId, course.id)).state).toBe("failed");
    expect((await actsOn(registrationId)).map(({ action }) => action)).toEqual([
      "service_origin.announce",
      "service_origin.approve",
      "service_origin.remove",
      "service_origin.announce",
    ]);
  });

  test("may come before anything names it, once", async () => {
    const { id: registrationId, tokenEndpoint } = await register(installation, platform);
    const add = (origin: string) => addServiceOrigin(caller, { registrationId, origin });
    const { serviceOrigins } = await add("https://School.example.edu:443/d2l/home");
    expect(serviceOrigins).toMatchObject([
      { origin: "https://school.example.edu", state: "approved", source: "operator" },
    ]);
    await expect(add("https://school.example.edu")).rejects.toMatchObject({
      code: "operation.conflict",
    });
    await expect(add(tokenEndpoint)).rejects.toMatchObject({ code: "operation.conflict" });
    await expect(add("mailto:x@example.edu")).rejects.toMatchObject({
      code: "operation.invalid_input",
    });
  });
});
