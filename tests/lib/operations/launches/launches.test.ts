import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listCourseChanges } from "#lib/operations/courses/changes.ts";
import {
  getLaunchedCourse,
  startLaunchedSync,
} from "#lib/operations/launches/record/launched-course.ts";
import { approveDeployment } from "#lib/operations/registrations/approvals.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { beginLogin, completeLaunch, followUpLaunch } from "#lib/operations/launches/index.ts";
import { getRegistration } from "#lib/operations/registrations/registrations.ts";
import {
  finished,
  register,
  startInstallation,
  type Installation,
} from "#tests/support/installation.ts";
import { callerOf, claim, ISSUER, PUBLIC_URL, startLaunchStage } from "#tests/support/launching.ts";
import { launchThrough, type Launching } from "#tests/support/launch-through.ts";
import { NOTICE_SCOPE, REGISTRABLE_SCOPES } from "#tests/support/platform/wire.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;

beforeAll(async () => {
  [platform, installation] = await Promise.all([startPlatform(), startInstallation()]);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

/** A registration on the simulator that launches, as an LMS would. */
async function launching(given: { notices?: boolean } = {}): Promise<Launching> {
  const scopes = REGISTRABLE_SCOPES.filter((scope) => given.notices || scope !== NOTICE_SCOPE);
  const registration = await register(installation, platform, { allowedScopes: [...scopes] });
  const { clientId } = registration;
  const [known] = (await platform.registrations()).filter((each) => each.clientId === clientId);
  await platform.addRegistration({
    ...known!,
    loginUrl: `${PUBLIC_URL}/lti/login`,
    launchUrl: `${PUBLIC_URL}/lti/launch`,
  });
  return { caller: callerOf(installation), platform, registration };
}

describe("a launch", () => {
  test("by an instructor makes the course, whose roster then syncs from its page", async () => {
    const stage = await launching();
    const { contextId, lineItems } = await platform.addCourse({
      title: "Biology",
      members: 12,
      lineItems: 1,
    });
    const lineItem = lineItems[0]!.url;
    const outcome = await launchThrough(stage, { contextId, lineItem });
    if (outcome.kind !== "course" || !outcome.followUp) throw new Error(outcome.kind);
    const course = await installation.db.prisma.course.findFirstOrThrow({ where: { contextId } });
    expect(course).toMatchObject({ title: "Biology", lineItemUrl: null });
    expect(course.membershipsUrl).toContain(contextId);
    expect(course.lineItemsUrl).toContain(contextId);
    expect(course.scopes.length).toBeGreaterThan(0);
    expect(course.lastLaunchAt).not.toBeNull();

    expect(await followUpLaunch(stage.caller, outcome.followUp)).toEqual([]);
    const item = await installation.db.prisma.lineItem.findFirst({ where: { url: lineItem } });
    expect(item).toMatchObject({ label: "Assignment 1", scoreMaximum: 100 });

    const { sessionToken } = outcome;
    const other = { sessionToken, kind: "verify" as "roster_sync" };
    await expect(startLaunchedSync(stage.caller, other)).rejects.toThrow(InvalidInput);
    const page = await startLaunchedSync(stage.caller, { sessionToken, kind: "roster_sync" });
    await finished(installation, page.runs[0]!.id);
    expect(await getLaunchedCourse(stage.caller, { sessionToken })).toMatchObject({
      title: "Biology",
      memberCount: 12,
      rosterProblem: null,
    });
  });

  test("by a learner opens their own grades, and makes the course all the same", async () => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ title: "Chemistry", members: 3 });
    const outcome = await launchThrough(stage, { contextId, as: "learner" });
    expect(outcome).toMatchObject({
      kind: "own_grades",
      page: { courseTitle: "Chemistry", grades: [] },
    });
    expect(await installation.db.prisma.course.count({ where: { contextId } })).toBe(1);
  });

  test.each([
    ["an administrator", "administrator", "course"],
    ["nobody in particular", "anonymous", "nothing_to_do"],
  ] as const)("by %s leads to the right page", async (_who, as, kind) => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ members: 2 });
    expect((await launchThrough(stage, { contextId, as })).kind).toBe(kind);
  });

  test("outside a course is accepted", async () => {
    const stage = await launching();
    expect((await launchThrough(stage, {})).kind).toBe("outside_course");
  });

  test("that announces the same again changes nothing; one that differs is recorded", async () => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ title: "Physics", members: 2 });
    await launchThrough(stage, { contextId });
    await launchThrough(stage, { contextId });
    const { id: courseId } = await installation.db.prisma.course.findFirstOrThrow({
      where: { contextId },
    });
    expect((await listCourseChanges(stage.caller, { courseId })).total).toBe(1);
    await platform.misbehave({
      kind: "launch_claims",
      contextId,
      times: 1,
      set: { [claim("context")]: { id: contextId, title: "Physics II" } },
    });
    await launchThrough(stage, { contextId });
    const { items } = await listCourseChanges(stage.caller, { courseId });
    expect(items.map(({ source, changes }) => [source, changes])).toEqual([
      ["launch", { title: { from: "Physics", to: "Physics II" } }],
      ["launch", expect.objectContaining({ membershipsUrl: expect.anything() })],
    ]);
  });

  test("without its services keeps the addresses that are known", async () => {
    const stage = await launching();
    const { contextId, membershipsUrl } = await platform.addCourse({ members: 2 });
    await launchThrough(stage, { contextId });
    await platform.misbehave({
      kind: "launch_claims",
      contextId,
      times: 1,
      remove: ["https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"],
    });
    await launchThrough(stage, { contextId });
    const course = await installation.db.prisma.course.findFirstOrThrow({ where: { contextId } });
    expect(course.membershipsUrl).toBe(membershipsUrl);
  });

  test("from a new deployment makes its course once the deployment is approved", async () => {
    const stage = await launching();
    const registrationId = stage.registration.id;
    const { contextId } = await platform.addCourse({ members: 2, deploymentId: "new" });
    expect((await launchThrough(stage, { contextId })).kind).toBe("deployment_pending");
    const { deployments } = await getRegistration(stage.caller, { registrationId });
    const { id: deploymentId } = deployments.find(({ state }) => state === "pending")!;
    await approveDeployment(stage.caller, { registrationId, deploymentId });
    expect((await launchThrough(stage, { contextId })).kind).toBe("course");
  });

  test("under a key that is new is accepted after the key set was read once more", async () => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ members: 2 });
    await launchThrough(stage, { contextId });
    await platform.rotatePlatformKey();
    await new Promise((resolve) => setTimeout(resolve, 5_100));
    await platform.resetCounts();
    expect((await launchThrough(stage, { contextId })).kind).toBe("course");
    expect((await launchThrough(stage, { contextId })).kind).toBe("course");
    expect(await platform.requests({ route: "jwks" })).toHaveLength(1);
  });

  test("of a whole class at once makes one course", async () => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ members: 30 });
    const outcomes = await Promise.all(
      Array.from({ length: 30 }, () => launchThrough(stage, { contextId, as: "learner" })),
    );
    expect(new Set(outcomes.map(({ kind }) => kind))).toEqual(new Set(["own_grades"]));
    const [course, ...others] = await installation.db.prisma.course.findMany({
      where: { contextId },
      include: { changes: true },
    });
    expect(others).toEqual([]);
    expect(course!.changes).toHaveLength(1);
  });
});

describe("a login", () => {
  test("gives the platform its hints back to the letter", async () => {
    const stage = await startLaunchStage(installation, platform);
    const parameters = new URLSearchParams({
      iss: ISSUER,
      client_id: stage.registration.clientId,
      login_hint: "a b+c&d=ä",
      target_link_uri: `${PUBLIC_URL}/lti/launch`,
      lti_message_hint: "%7B+x=1&y",
      lti_storage_target: "frame_7",
    });
    const login = await beginLogin(stage.caller, parameters);
    const asked = new URL(login.authenticationUrl).searchParams;
    expect(asked.get("login_hint")).toBe("a b+c&d=ä");
    expect(asked.get("lti_message_hint")).toBe("%7B+x=1&y");
    expect(asked.get("redirect_uri")).toBe(`${PUBLIC_URL}/lti/launch`);
    expect(login.storage).toEqual({ frame: "frame_7", origin: ISSUER });
  });

  test("tells two registrations of one issuer apart by client ID", async () => {
    const [one, other] = [
      await startLaunchStage(installation, platform),
      await startLaunchStage(installation, platform),
    ];
    for (const stage of [one, other]) {
      const login = await stage.login();
      expect((await stage.launch(login, await stage.token(login))).kind).toBe("course");
    }
    const crossed = await one.login();
    const idToken = await other.token(crossed);
    await expect(one.launch(crossed, idToken)).rejects.toMatchObject({ check: "audience" });
  });
});

describe("the page of a launch", () => {
  test.each(["", "made-up"])("opens nothing for the token “%s”", async (sessionToken) => {
    const { caller } = await launching();
    await expect(getLaunchedCourse(caller, { sessionToken })).rejects.toMatchObject({
      code: "operation.not_signed_in",
    });
  });

  test("is over after a working day", async () => {
    const stage = await launching();
    const { contextId } = await platform.addCourse({ members: 2 });
    const outcome = await launchThrough(stage, { contextId });
    if (outcome.kind !== "course") throw new Error(outcome.kind);
    const later = { ...stage.caller, now: () => new Date(Date.now() + 9 * 3_600_000) };
    const { sessionToken } = outcome;
    await expect(getLaunchedCourse(later, { sessionToken })).rejects.toMatchObject({
      code: "operation.not_signed_in",
    });
  });
});

describe("a refused launch", () => {
  test("says what the platform answered in its place", async () => {
    const { caller } = await launching();
    const form = new URLSearchParams({ error: "login_required", error_description: "Sign in" });
    await expect(completeLaunch(caller, { form, keptState: undefined })).rejects.toMatchObject({
      check: "platform_error",
      message: expect.stringContaining("login_required Sign in"),
    });
  });
});
