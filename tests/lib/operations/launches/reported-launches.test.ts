import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportLaunch, recordContext } from "#lib/operations/launches/index.ts";
import { listCourseChanges } from "#lib/operations/courses/changes.ts";
import { approveDeployment } from "#lib/operations/registrations/approvals.ts";
import { startInstallation, type Installation } from "#tests/support/installation.ts";
import {
  claim,
  ISSUER,
  startLaunchStage,
  type LaunchStage,
  type TokenChanges,
} from "#tests/support/launching.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;
let stage: LaunchStage;

beforeAll(async () => {
  [platform, installation] = await Promise.all([
    startPlatform(),
    startInstallation({ isWorker: false }),
  ]);
  stage = await startLaunchStage(installation, platform);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

/** The tool began the login, so its state and nonce are unknown here. */
const OF_THE_TOOL = { state: "of the tool", nonce: "of the tool" };
const tokenOf = (claims: Record<string, unknown> = {}, changes: TokenChanges = {}) =>
  stage.token(OF_THE_TOOL, { ...changes, claims });
const inContext = (id: string, title = "Biology") => ({ [claim("context")]: { id, title } });

async function report(idToken: string, more: { maxAgeSeconds?: number } = {}) {
  const { id: registrationId } = stage.registration;
  return reportLaunch(stage.caller, { registrationId, idToken, maxAgeSeconds: 3_600, ...more });
}

async function changesOf(courseId: string | undefined): Promise<number> {
  return (await listCourseChanges(stage.caller, { courseId: courseId ?? "" })).total;
}

describe("a launch that another tool reports", () => {
  test("makes the course, and says what the launch told", async () => {
    const recorded = await report(await tokenOf(inContext("new-1")));
    expect(recorded).toMatchObject({
      deploymentState: "approved",
      isNew: true,
      course: { contextId: "new-1", title: "Biology", offersMemberships: true },
      changes: { title: { from: null, to: "Biology" } },
    });
    expect(recorded.course?.scopes.length).toBeGreaterThan(0);
  });

  test("changes nothing when it comes again, and only what differs when it is another", async () => {
    const idToken = await tokenOf(inContext("again-1"));
    const first = await report(idToken);
    const again = await report(idToken);
    expect(again).toMatchObject({ isNew: false, changes: {}, course: { id: first.course?.id } });
    const renamed = await report(await tokenOf(inContext("again-1", "Biology II")));
    expect(renamed.changes).toEqual({ title: { from: "Biology", to: "Biology II" } });
    expect(await changesOf(first.course?.id)).toBe(2);
  });

  test("that is older than the last one undoes nothing", async () => {
    const older = await tokenOf(inContext("older-1", "Old title"));
    stage.now.at = new Date(stage.now.at.getTime() + 5_000);
    const newer = await report(await tokenOf(inContext("older-1", "New title")));
    const late = await report(older);
    expect(late).toMatchObject({ isOutdated: true, changes: {}, course: { title: "New title" } });
    expect(await changesOf(newer.course?.id)).toBe(1);
  });

  test("may be as old as is allowed, whatever its own expiry", async () => {
    const idToken = await tokenOf(inContext("aged-1"));
    const begun = stage.now.at;
    stage.now.at = new Date(begun.getTime() + 2 * 3_600_000);
    await expect(report(idToken)).rejects.toMatchObject({ check: "iat" });
    await expect(report(idToken, { maxAgeSeconds: 7_100 })).rejects.toMatchObject({ check: "iat" });
    const recorded = await report(idToken, { maxAgeSeconds: 7_300 });
    expect(recorded).toMatchObject({ isNew: true });
    stage.now.at = begun;
  });

  test.each([
    ["signature", { key: new TextEncoder().encode("x"), header: { alg: "HS256" } }, {}, "alg"],
    ["issuer", {}, { iss: "https://other.example.edu" }, "issuer"],
    ["audience", {}, { aud: "another tool" }, "audience"],
    ["time of issue", {}, { iat: Math.floor(Date.now() / 1000) + 3_600 }, "iat"],
    ["version", {}, { [claim("version")]: "1.1" }, "version"],
  ])("is refused by its %s", async (_what, changes, claims, check) => {
    const idToken = await tokenOf({ ...inContext("refused-1"), ...claims }, changes);
    await expect(report(idToken)).rejects.toMatchObject({ code: "lti.launch_refused", check });
    const where = { contextId: "refused-1" };
    expect(await installation.db.prisma.course.count({ where })).toBe(0);
  });

  test("of a deployment that nobody approved makes a course once somebody has", async () => {
    const { id: registrationId } = stage.registration;
    const deployment = { [claim("deployment_id")]: "pending-1" };
    const idToken = await tokenOf({ ...inContext("pending-1"), ...deployment });
    expect(await report(idToken)).toMatchObject({ deploymentState: "pending", course: null });
    const { id } = await installation.db.prisma.deployment.findFirstOrThrow({
      where: { registrationId, deploymentId: "pending-1" },
    });
    await approveDeployment(stage.caller, { registrationId, deploymentId: id });
    expect(await report(idToken)).toMatchObject({ isNew: true, deploymentState: "approved" });
  });

  test("records the launched column, or says why it could not be read", async () => {
    const claims = {
      ...inContext("column-1"),
      "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {
        scope: ["https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"],
        lineitems: `${ISSUER}/courses/1/line_items`,
        lineitem: `${ISSUER}/courses/1/line_items/7`,
      },
    };
    const recorded = await report(await tokenOf(claims));
    // This platform only signs: it gives out no token.
    expect(recorded).toMatchObject({ isNew: true, lineItem: null });
    expect(recorded.problems).toMatchObject([{ code: expect.stringMatching(/^lti\./) as string }]);
  });
});

describe("a context that a tool reports by its IDs", () => {
  const record = (contextId: string, facts: Parameters<typeof recordContext>[1] | object) =>
    recordContext(stage.caller, {
      registrationId: stage.registration.id,
      platformDeploymentId: "by-id",
      contextId,
      ...facts,
    });

  test("makes the course and its column, then keeps what is left out", async () => {
    const lineItemsUrl = `${ISSUER}/courses/2/line_items`;
    const lineItem = { url: `${lineItemsUrl}/1`, label: "Quiz 1", scoreMaximum: 10 };
    const made = await record("ids-1", {
      title: "Physics",
      lineItemsUrl,
      scopes: ["b", "a"],
      lineItem,
    });
    expect(made).toMatchObject({
      isNew: true,
      course: { deploymentId: "by-id", title: "Physics", lineItemsUrl, scopes: ["a", "b"] },
      lineItem: { label: "Quiz 1" },
    });
    const again = await record("ids-1", { scopes: ["a", "b"], label: "PHY" });
    expect(again).toMatchObject({
      isNew: false,
      changes: { label: { from: "", to: "PHY" } },
      course: { id: made.course?.id, title: "Physics", lineItemsUrl, label: "PHY" },
    });
    expect(Object.keys(again.changes)).toEqual(["label"]);
  });

  test("is one course when many report it at once", async () => {
    const all = await Promise.all(["A", "B", "C", "D"].map((title) => record("ids-2", { title })));
    expect(new Set(all.map(({ course }) => course?.id)).size).toBe(1);
    expect(all.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  test("is refused for a deployment that was declined", async () => {
    await record("ids-3", { title: "x" });
    await installation.db.prisma.deployment.updateMany({
      where: { deploymentId: "by-id" },
      data: { state: "declined" },
    });
    await expect(record("ids-3", { title: "y" })).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });
});
