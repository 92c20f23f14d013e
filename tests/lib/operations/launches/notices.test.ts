import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { adoptColumns } from "#lib/operations/line-items/copied-columns.ts";
import { listCourseChanges } from "#lib/operations/courses/changes.ts";
import { followUpLaunch } from "#lib/operations/launches/index.ts";
import { receiveNotices, type NoticesReceived } from "#lib/operations/launches/notices.ts";
import { isCodedError } from "#lib/errors.ts";
import { register, startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { launchThrough, type Launching } from "#tests/support/launch-through.ts";
import { REGISTRABLE_SCOPES } from "#tests/support/platform/wire.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;
let server: Server;
let publicUrl: string;
let received: NoticesReceived[] = [];

/** Stands where /lti/notices is: hands what is posted to the operation. */
beforeAll(async () => {
  [platform, installation] = await Promise.all([
    startPlatform(),
    startInstallation({ isWorker: false }),
  ]);
  server = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => (text += String(chunk)));
    request.on("end", () => {
      receiveNotices(caller(), JSON.parse(text)).then(
        (result) => {
          received.push(result);
          response.writeHead(200).end(JSON.stringify(result));
        },
        (error: unknown) => {
          const body = isCodedError(error) ? { ...error, code: error.code } : String(error);
          response.writeHead(400).end(JSON.stringify(body));
        },
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => void (received = []));
afterAll(async () => {
  server.close();
  await installation.stop();
  await platform.stop();
});

function caller() {
  const base = callerOf(installation);
  return { ...base, settings: { ...base.settings, publicUrl } };
}

/** A launched course whose platform tells of copies. */
async function launchedCourse() {
  const registration = await register(installation, platform, {
    allowedScopes: [...REGISTRABLE_SCOPES],
  });
  const { clientId } = registration;
  const known = (await platform.registrations()).find((each) => each.clientId === clientId);
  await platform.addRegistration({
    ...known!,
    loginUrl: `${publicUrl}/lti/login`,
    launchUrl: `${publicUrl}/lti/launch`,
  });
  const made = await platform.addCourse({
    title: "Biology",
    members: 3,
    lineItems: 2,
    clientIds: [clientId],
  });
  const stage: Launching = { caller: caller(), platform, registration };
  const outcome = await launchThrough(stage, { contextId: made.contextId });
  const problems = outcome.followUp ? await followUpLaunch(stage.caller, outcome.followUp) : [];
  return { stage, problems, ...made };
}

const courseOf = (contextId: string) =>
  installation.db.prisma.course.findFirstOrThrow({
    where: { contextId },
    include: { lineItems: true },
  });

describe("a launch that announces notices", () => {
  test("subscribes once for copies", async () => {
    const { stage, problems, contextId } = await launchedCourse();
    expect(problems).toEqual([]);
    const { clientId } = stage.registration;
    const handlers = await platform.noticeHandlers();
    expect(handlers.filter((each) => each.clientId === clientId)).toMatchObject([
      { type: "LtiContextCopyNotice", handler: `${publicUrl}/lti/notices`, deploymentId: "1" },
    ]);
    expect((await courseOf(contextId)).noticeServiceUrl).toContain("/notice_handlers/1");
    const again = await launchThrough(stage, { contextId });
    expect(again.followUp).toBeUndefined();
  });
});

describe("a notice of a copied course", () => {
  test("gives the copy a course with its own columns", async () => {
    const { contextId, lineItems } = await launchedCourse();
    const copyId = `${contextId}-copy`;
    const { notices } = await platform.copyCourse({ contextId, copyId });
    expect(notices.map(({ status }) => status)).toEqual([200]);
    const [{ copiedCourseIds }] = received as [NoticesReceived];
    await adoptColumns(caller(), copiedCourseIds[0]!);

    const copy = await courseOf(copyId);
    expect(copy.title).toBe("Biology (copy)");
    expect(copy.lineItems).toHaveLength(2);
    const old = lineItems.map(({ url }) => url);
    expect(copy.lineItems.filter(({ url }) => old.includes(url))).toEqual([]);
    expect(copy.lineItems.map(({ resourceId }) => resourceId).sort()).toEqual([
      "assignment-1",
      "assignment-2",
    ]);
    const { items } = await listCourseChanges(caller(), { courseId: copy.id });
    const fields = items.flatMap(({ changes }) => Object.keys(changes));
    expect(fields).toEqual(expect.arrayContaining(["copiedFrom", "columnsAdopted"]));
  });

  test("lets no column of the origin into the copy", async () => {
    const { contextId, lineItems } = await launchedCourse();
    const origin = await courseOf(contextId);
    const column = { label: "Essay", scoreMaximum: 10, url: lineItems[0]!.url };
    await addLineItem(caller(), { courseId: origin.id, ...column });
    await platform.copyCourse({ contextId, copyId: `${contextId}-copy` });
    const copy = await courseOf(`${contextId}-copy`);
    await expect(addLineItem(caller(), { courseId: copy.id, ...column })).rejects.toMatchObject({
      code: "operation.conflict",
    });
  });

  test("that comes twice is acted on once", async () => {
    const { contextId } = await launchedCourse();
    const copyId = `${contextId}-copy`;
    for (const _time of [1, 2])
      await platform.copyCourse({ contextId, copyId, noticeId: contextId });
    expect(received.map(({ repeated }) => repeated)).toEqual([0, 1]);
    expect(await installation.db.prisma.notice.count({ where: { jti: contextId } })).toBe(1);
    const { id: courseId } = await courseOf(copyId);
    const { items } = await listCourseChanges(caller(), { courseId });
    expect(items.filter(({ changes }) => "copiedFrom" in changes)).toHaveLength(1);
  });

  test.each([
    ["another key", { kind: "launch_signature", as: "other_key" }],
    ["no signature", { kind: "launch_signature", as: "none" }],
    ["another issuer", { kind: "launch_claims", set: { iss: "https://evil.example.edu" } }],
    ["another audience", { kind: "launch_claims", set: { aud: "another" } }],
    ["an expiry long ago", { kind: "launch_claims", set: { exp: 1 } }],
    [
      "an unknown deployment",
      {
        kind: "launch_claims",
        set: { "https://purl.imsglobal.org/spec/lti/claim/deployment_id": "?" },
      },
    ],
    [
      "no notice",
      { kind: "launch_claims", remove: ["https://purl.imsglobal.org/spec/lti/claim/notice"] },
    ],
  ] as const)("with %s is refused and makes no course", async (_what, fault) => {
    const { contextId, stage } = await launchedCourse();
    const { clientId } = stage.registration;
    await platform.misbehave({ ...fault, clientId } as Parameters<PlatformClient["misbehave"]>[0]);
    const copyId = `${contextId}-copy`;
    const { notices } = await platform.copyCourse({ contextId, copyId });
    expect(notices).toMatchObject([
      { status: 400, body: expect.stringContaining("launch_refused") },
    ]);
    expect(await installation.db.prisma.course.count({ where: { contextId: copyId } })).toBe(0);
  });
});
