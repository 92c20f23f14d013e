import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Course } from "#lib/db/generated/client.ts";
import { followUpLaunch } from "#lib/operations/launches/index.ts";
import {
  answerDeepLinking,
  type ChosenLinks,
} from "#lib/operations/launches/deep-linking/answer.ts";
import type { DeepLinkingForm } from "#lib/operations/launches/deep-linking/offer.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { register, startInstallation, type Installation } from "#tests/support/installation.ts";
import { callerOf, PUBLIC_URL } from "#tests/support/launching.ts";
import { launchThrough, type Launching } from "#tests/support/launch-through.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";

let platform: PlatformClient;
let installation: Installation;
let stage: Launching;

beforeAll(async () => {
  [platform, installation] = await Promise.all([startPlatform(), startInstallation()]);
  const registration = await register(installation, platform);
  const { clientId } = registration;
  const [known] = (await platform.registrations()).filter((each) => each.clientId === clientId);
  const addresses = { loginUrl: `${PUBLIC_URL}/lti/login`, launchUrl: `${PUBLIC_URL}/lti/launch` };
  await platform.addRegistration({ ...known!, ...addresses });
  stage = { caller: callerOf(installation), platform, registration };
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});

/** A course that launched once, of which these columns are known. */
async function courseWith(columns: { label: string; [field: string]: unknown }[]): Promise<Course> {
  const { contextId } = await platform.addCourse({ members: 2 });
  await launchThrough(stage, { contextId });
  const { db } = installation;
  const course = await db.prisma.course.findFirstOrThrow({ where: { contextId } });
  const data = columns.map((column, index) => ({
    courseId: course.id,
    url: `${platform.url}/${contextId}/${column.label}`,
    scoreMaximum: 60,
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, index)),
    ...column,
  }));
  await db.prisma.lineItem.createMany({ data });
  return course;
}

type Plan = Omit<Parameters<typeof launchThrough>[1], "message">;

async function asked(plan: Plan): Promise<DeepLinkingForm> {
  const outcome = await launchThrough(stage, { ...plan, message: "LtiDeepLinkingRequest" });
  if (outcome.kind !== "deep_linking") throw new Error(outcome.kind);
  return outcome.form;
}

async function choose(ticket: string, choice: Partial<ChosenLinks>) {
  return answerDeepLinking(stage.caller, {
    ticket,
    chosen: [],
    title: "",
    scoreMaximum: "100",
    ...choice,
  });
}

/** Chooses, and hands the answer to the platform as the browser would. */
async function added(ticket: string, choice: Partial<ChosenLinks>): Promise<string[]> {
  const answered = await choose(ticket, choice);
  if (answered.kind !== "answer") throw new Error(JSON.stringify(answered.errors));
  const body = new URLSearchParams({ JWT: answered.jwt });
  expect((await fetch(answered.returnUrl, { method: "POST", body })).status).toBe(200);
  return answered.titles;
}

describe("the form of a deep linking request", () => {
  test("offers the columns that the platform is not known to lack, and says which have a link", async () => {
    const { contextId } = await courseWith([
      { label: "Essay", resourceId: "essay", tag: "grade", resourceLinkId: "link-9" },
      { label: "Quiz" },
      { label: "Lost", goneAt: new Date() },
    ]);
    expect(await asked({ contextId, acceptMultiple: true })).toMatchObject({
      takes: "links_with_columns",
      acceptsMultiple: true,
      title: "Rollbook",
      columnsTotal: 2,
      columns: [
        { label: "Essay", scoreMaximum: 60, isLinked: true },
        { label: "Quiz", scoreMaximum: 60, isLinked: false },
      ],
    });
  });

  test("offers a link alone where the platform makes no columns for links", async () => {
    const { contextId } = await courseWith([{ label: "Essay" }]);
    const form = await asked({ contextId, acceptLineItem: false, suggestedTitle: "Grades" });
    expect(form).toMatchObject({ takes: "links", columns: [], title: "Grades" });
    expect(await choose(form.ticket, { chosen: ["new"], title: "Essay" })).toMatchObject({
      kind: "form",
    });
    expect(await added(form.ticket, { chosen: ["link"] })).toEqual(["Grades"]);
    expect((await platform.contentItems()).at(-1)).toEqual({
      type: "ltiResourceLink",
      title: "Grades",
      url: `${PUBLIC_URL}/lti/launch`,
    });
    expect(await platform.lineItemsOf({ contextId })).toEqual([]);
  });

  test("offers nothing where the platform takes no links to tools", async () => {
    const { contextId } = await courseWith([]);
    const form = await asked({ contextId, acceptTypes: ["file"] });
    expect(form).toMatchObject({ takes: "nothing", columns: [] });
    expect(await choose(form.ticket, { chosen: ["link"] })).toMatchObject({ kind: "form" });
    const body = new URLSearchParams({ JWT: form.nothing });
    expect((await fetch(form.returnUrl, { method: "POST", body })).status).toBe(200);
  });
});

describe("what was chosen", () => {
  test("becomes one link for each, and the platform makes its column", async () => {
    const { contextId } = await courseWith([
      { label: "Essay", resourceId: "essay", tag: "grade" },
      { label: "Quiz" },
      { label: "Talk", resourceId: "talk" },
    ]);
    const { ticket, columns } = await asked({ contextId, acceptMultiple: true });
    const [essay, quiz] = columns.map(({ id }) => id);
    const chosen = [essay!, quiz!, "new", "link"];
    const titles = await added(ticket, { chosen, title: " Lab report ", scoreMaximum: "12.5" });
    expect(titles).toEqual(["Essay", "Quiz", "Lab report", "Rollbook"]);
    const label = /^label-[0-9a-f]{32}$/;
    expect(await platform.lineItemsOf({ contextId })).toMatchObject([
      { label: "Essay", scoreMaximum: 60, resourceId: "essay", tag: "grade" },
      { label: "Quiz", scoreMaximum: 60, resourceId: expect.stringMatching(label) },
      { label: "Lab report", scoreMaximum: 12.5, resourceId: expect.stringMatching(label) },
    ]);
  });

  test.each<[string, Partial<ChosenLinks>, Record<string, unknown>]>([
    ["nothing", {}, { chosen: ["Choose at least one, or add nothing."] }],
    [
      "more than the platform takes",
      { chosen: ["link", "new"], title: "Essay" },
      { chosen: ["The LMS takes one link at a time."] },
    ],
    [
      "a column of nobody",
      { chosen: ["0b9e1d5e-6f0a-4a55-8f0e-5a4f5f7f7f7f"] },
      { chosen: ["1 column of these can no longer be chosen. Choose again."] },
    ],
    ["no title", { chosen: ["new"], title: " " }, { title: ["The title is missing."] }],
    [
      "no points",
      { chosen: ["new"], title: "Essay", scoreMaximum: "0" },
      { scoreMaximum: ["The maximum is above 0."] },
    ],
    [
      "points that are no number",
      { chosen: ["new"], title: "Essay", scoreMaximum: "ten" },
      { scoreMaximum: ["This is not a number."] },
    ],
  ])("is asked again where it is %s", async (_what, choice, errors) => {
    const { contextId } = await courseWith([]);
    const { ticket } = await asked({ contextId });
    expect(await choose(ticket, choice)).toMatchObject({ kind: "form", errors, form: {} });
  });

  test("is not a column of another course", async () => {
    const other = await courseWith([{ label: "Secret" }]);
    const column = await installation.db.prisma.lineItem.findFirstOrThrow({
      where: { courseId: other.id },
    });
    const { contextId } = await courseWith([]);
    const { ticket } = await asked({ contextId });
    expect(await choose(ticket, { chosen: [column.id] })).toMatchObject({ kind: "form" });
  });

  test("is refused once the form is over, by a made up one, and for an archived registration", async () => {
    const { contextId } = await courseWith([]);
    const { ticket } = await asked({ contextId });
    const expired = { code: "operation.not_signed_in" };
    const choice = { ticket, chosen: ["link"], title: "", scoreMaximum: "" };
    const later = { ...stage.caller, now: () => new Date(Date.now() + 3 * 3_600_000) };
    await expect(answerDeepLinking(later, choice)).rejects.toMatchObject(expired);
    for (const wrong of ["", "made-up", `${ticket.slice(0, -4)}AAAA`]) {
      await expect(choose(wrong, { chosen: ["link"] })).rejects.toMatchObject(expired);
    }
    const { prisma } = installation.db;
    const where = { id: stage.registration.id };
    await prisma.registration.update({ where, data: { archivedAt: new Date() } });
    await expect(choose(ticket, { chosen: ["link"] })).rejects.toMatchObject({
      check: "registration_state",
    });
    await prisma.registration.update({ where, data: { archivedAt: null } });
  });
});

describe("a launch of a link that was made so", () => {
  async function launchedLink(contextId: string, resourceLinkId: string) {
    const outcome = await launchThrough(stage, { contextId, resourceLinkId });
    if (outcome.kind !== "course") throw new Error(outcome.kind);
    if (outcome.followUp) expect(await followUpLaunch(stage.caller, outcome.followUp)).toEqual([]);
    return outcome;
  }

  test("brings its column, which scores for the same label then go to", async () => {
    const course = await courseWith([]);
    const { contextId, id: courseId } = course;
    const { ticket } = await asked({ contextId });
    await added(ticket, { chosen: ["new"], title: "Lab report", scoreMaximum: "20" });
    await launchedLink(contextId, "link-1");
    const [column] = await installation.db.prisma.lineItem.findMany({ where: { courseId } });
    expect(column).toMatchObject({
      label: "Lab report",
      scoreMaximum: 20,
      resourceLinkId: "link-1",
    });
    const wanted = { courseId, label: "Lab report", scoreMaximum: 20 };
    expect(await addLineItem(stage.caller, wanted)).toMatchObject({
      id: column!.id,
      wasCreated: false,
    });
    expect(await platform.lineItemsOf({ contextId })).toHaveLength(1);
  });

  test("says which column it is, also where the platform keeps no resource ID", async () => {
    const { contextId, id: courseId } = await courseWith([]);
    const url = (await platform.addLineItem({ contextId, label: "Essay", scoreMaximum: 60 })).url;
    const set = {
      "https://purl.imsglobal.org/spec/lti/claim/custom": {
        rollbook_resource_id: "essay",
        rollbook_tag: "grade",
      },
    };
    const { clientId } = stage.registration;
    const { prisma } = installation.db;
    const known = { courseId, url, label: "Essay", scoreMaximum: 60 };
    await prisma.lineItem.create({ data: known });
    await platform.misbehave({ kind: "launch_claims", set, clientId, times: 1 });
    const outcome = await launchThrough(stage, { contextId, lineItem: url });
    if (outcome.kind !== "course" || !outcome.followUp) throw new Error(outcome.kind);
    expect(await followUpLaunch(stage.caller, outcome.followUp)).toEqual([]);
    expect(await prisma.lineItem.findFirst({ where: { url } })).toMatchObject({
      resourceId: "essay",
      tag: "grade",
    });
    const again = await launchThrough(stage, { contextId, lineItem: url });
    expect(again).not.toHaveProperty("followUp.lineItemUrl");
  });
});
