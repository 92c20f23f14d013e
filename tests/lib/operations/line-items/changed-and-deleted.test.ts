import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { updateLineItem as updateOnPlatform, SCOPE } from "#lib/lti/index.ts";
import {
  readLineItemOnPlatform,
  updateLineItem,
} from "#lib/operations/line-items/acts/change-line-item.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { deleteLineItem } from "#lib/operations/line-items/acts/delete-line-item.ts";
import { getLineItem, importLineItems } from "#lib/operations/line-items/line-items.ts";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import { listScores, pushScores } from "#lib/operations/scores/scores.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  startRun,
  wantScores,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { ALL_SCOPES } from "#tests/support/platform/wire.ts";
import { operatorOf } from "#tests/support/rosters.ts";

let platform: PlatformClient;
let installation: Installation;
const operator = () => operatorOf(installation);

beforeAll(async () => {
  [platform, installation] = await Promise.all([startPlatform(), startInstallation()]);
});
afterAll(async () => {
  await installation.stop();
  await platform.stop();
});
beforeEach(() => platform.behave({}));

const QUIZ = {
  label: "Quiz 1",
  scoreMaximum: 60,
  resourceId: "quiz-1",
  tag: "grade",
  startDateTime: "2026-03-06T20:05:02Z",
};

/** A course with one column, imported as the platform has it. */
async function course(given: { lineItems?: object[]; resourceLinks?: { id: string }[] } = {}) {
  const registration = await register(installation, platform);
  const made = await addCourse(installation, platform, registration, {
    members: 4,
    lineItems: [QUIZ],
    ...given,
  } as Parameters<typeof addCourse>[3]);
  await importLineItems(operator(), { courseId: made.course.id });
  return { ...made, registration, lineItemId: made.lineItems[0]!.id, url: made.lineItems[0]!.url };
}

async function onPlatform(contextId: string) {
  const [item] = await platform.lineItemsOf({ contextId });
  return item as Record<string, unknown> | undefined;
}

describe("a line item that is changed", () => {
  test("keeps all else that the platform has of it, what nobody here knows included", async () => {
    const {
      course: row,
      contextId,
      registration,
      lineItemId,
      url,
    } = await course({
      lineItems: [{ ...QUIZ, resourceLinkId: "link-1" }],
      resourceLinks: [{ id: "link-1" }],
    });
    const grades = { lineItemsUrl: row.lineItemsUrl!, scopes: [SCOPE.lineItem] };
    const connection = await installation.engine.connect(registration.id, { grades });
    const extensions = { "https://lms.example.edu/weight": { of: [1, 2] } };
    await connection.call((client) =>
      updateOnPlatform(client, { extensions }, { lineItemUrl: url }),
    );

    const changed = await updateLineItem(operator(), {
      lineItemId,
      label: "Quiz 1, second try",
      endAt: "2026-04-06T22:05:03+02:00",
      gradesReleased: false,
    });
    expect(await onPlatform(contextId)).toEqual({
      url,
      label: "Quiz 1, second try",
      scoreMaximum: 60,
      resourceId: "quiz-1",
      tag: "grade",
      resourceLinkId: "link-1",
      startDateTime: "2026-03-06T20:05:02.000Z",
      endDateTime: "2026-04-06T20:05:03.000Z",
      gradesReleased: false,
      ...extensions,
    });
    expect(changed).toMatchObject({
      label: "Quiz 1, second try",
      endAt: "2026-04-06T20:05:03.000Z",
      gradesReleased: false,
      resourceLinkId: "link-1",
      differs: [],
    });
    expect(await getLineItem(operator(), { lineItemId })).toMatchObject({
      version: changed.version,
      startAt: "2026-03-06T20:05:02.000Z",
    });
    const [entry] = await installation.db.prisma.auditEntry.findMany({
      where: { action: "line_item.update", objectId: lineItemId },
    });
    expect(entry?.detail).toMatchObject({
      changes: { label: { from: "Quiz 1", to: "Quiz 1, second try" } },
    });
  });

  test("is voided field by field by null, and left alone by what it has already", async () => {
    const { contextId, lineItemId } = await course();
    await updateLineItem(operator(), { lineItemId, tag: null, startAt: null });
    const item = await onPlatform(contextId);
    expect(item).toMatchObject({ label: "Quiz 1", resourceId: "quiz-1" });
    expect(item).not.toHaveProperty("tag");
    expect(item).not.toHaveProperty("startDateTime");
    await platform.resetCounts();
    await updateLineItem(operator(), { lineItemId, label: "Quiz 1", tag: null });
    const puts = await platform.requests({ route: "line_item" });
    expect(puts.filter(({ method }) => method === "PUT")).toEqual([]);
  });

  test("is compared with the platform's version: of two who edit the second is told", async () => {
    const { contextId, lineItemId } = await course();
    const { version } = await getLineItem(operator(), { lineItemId });
    const seen = await readLineItemOnPlatform(operator(), { lineItemId });
    expect(seen).toMatchObject({ version, differs: [], held: { version } });
    await updateLineItem(operator(), { lineItemId, ifVersion: [version], label: "Of one" });
    const second = updateLineItem(operator(), { lineItemId, ifVersion: [version], label: "Two" });
    await expect(second).rejects.toMatchObject({
      code: "operation.version_mismatch",
      current: { label: "Of one" },
    });
    expect(await onPlatform(contextId)).toMatchObject({ label: "Of one" });
  });

  test("that somebody changed on the platform is not overwritten unseen", async () => {
    const { course: row, contextId, registration, lineItemId, url } = await course();
    const { version } = await getLineItem(operator(), { lineItemId });
    const grades = { lineItemsUrl: row.lineItemsUrl!, scopes: [SCOPE.lineItem] };
    const teacher = await installation.engine.connect(registration.id, { grades });
    await teacher.call((client) =>
      updateOnPlatform(client, { label: "By a teacher" }, { lineItemUrl: url }),
    );
    expect(await readLineItemOnPlatform(operator(), { lineItemId })).toMatchObject({
      platform: { label: "By a teacher" },
      held: { label: "Quiz 1" },
      differs: ["label"],
    });
    const blind = { lineItemId, ifVersion: [version], scoreMaximum: 10 };
    await expect(updateLineItem(operator(), blind)).rejects.toMatchObject({
      code: "operation.version_mismatch",
    });
    expect(await onPlatform(contextId)).toMatchObject({ scoreMaximum: 60 });
    // What is there was stored, so that reading again gives the version to go on with.
    const now = await getLineItem(operator(), { lineItemId });
    expect(now.label).toBe("By a teacher");
    await updateLineItem(operator(), { ...blind, ifVersion: [now.version] });
    expect(await onPlatform(contextId)).toMatchObject({ label: "By a teacher", scoreMaximum: 10 });
  });

  test("by a token without the scope is refused by name, before anything is sent", async () => {
    const allowedScopes = ALL_SCOPES.filter((scope) => scope !== SCOPE.lineItem);
    const registration = await register(installation, platform, { allowedScopes });
    const lineItems = [QUIZ];
    const announced = await addCourse(installation, platform, registration, { lineItems });
    const silent = await addCourse(installation, platform, registration, {
      lineItems,
      announced: [SCOPE.lineItemReadonly, SCOPE.score],
    });
    await platform.resetCounts();
    for (const made of [announced, silent]) {
      const lineItemId = made.lineItems[0]!.id;
      const acts = [
        () => updateLineItem(operator(), { lineItemId, label: "Renamed" }),
        () => deleteLineItem(operator(), { lineItemId, confirm: "Quiz 1" }),
      ];
      for (const act of acts)
        await expect(act()).rejects.toMatchObject({
          code: "lti.scope_mismatch",
          missing: [SCOPE.lineItem],
        });
    }
    expect(await platform.requests({ route: "line_item" })).toEqual([]);
  });
});

describe("a line item that is deleted", () => {
  test("needs its label, and says how many scores it holds", async () => {
    const { lineItems, contextId, lineItemId } = await course();
    await wantScores(installation, lineItems[0]!, ["u-1", "u-2"]);
    await platform.resetCounts();
    for (const confirm of [undefined, "", "Quiz"]) {
      await expect(deleteLineItem(operator(), { lineItemId, confirm })).rejects.toMatchObject({
        code: "operation.invalid_input",
        fields: {
          confirm: ["must be the name “Quiz 1”: it holds 2 scores, of which 2 wait"],
        },
      });
    }
    expect(await platform.requests({ route: "line_item" })).toEqual([]);
    expect(await onPlatform(contextId)).toBeDefined();
  });

  test("is left alone where it belongs to a link, unless that is said", async () => {
    const { contextId, lineItemId } = await course({
      lineItems: [{ ...QUIZ, resourceLinkId: "link-1" }],
      resourceLinks: [{ id: "link-1" }],
    });
    // Also where nothing of the link was recorded here.
    await installation.db.prisma.lineItem.update({
      where: { id: lineItemId },
      data: { resourceLinkId: null },
    });
    const asked = { lineItemId, confirm: "Quiz 1" };
    await expect(deleteLineItem(operator(), asked)).rejects.toMatchObject({
      code: "lti.coupled_line_item",
    });
    expect(await onPlatform(contextId)).toBeDefined();
    await deleteLineItem(operator(), { ...asked, coupled: true });
    expect(await onPlatform(contextId)).toBeUndefined();
  });

  test("refuses what waits, keeps what was sent, and counts in no proof", async () => {
    const made = await gradedCourse(installation, platform, { scores: 3 });
    const { lineItem, course: row, userIds, contextId } = made;
    const courseId = row.id;
    const lineItemId = lineItem.id;
    await finished(installation, (await startGradeSync(installation, made)).id);
    await platform.overrideResult({ lineItem: lineItem.url, userId: userIds[0]!, resultScore: 61 });
    const target = { registrationId: row.registrationId, courseId };
    await finished(installation, (await startRun(installation, "verify", target)).id);
    expect(await getCourseProof(operator(), { courseId })).toMatchObject({ total: 3, differs: 1 });
    const score = (userId: string, scoreGiven: number) => ({
      userId,
      scoreGiven,
      activityProgress: "Completed" as const,
      gradingProgress: "FullyGraded" as const,
    });
    const push = (scores: ReturnType<typeof score>[]) =>
      pushScores(operator(), { lineItemId, scores, send: false });
    await push([score(userIds[1]!, 77), score("somebody-new", 5)]);

    const name = lineItem.label;
    const deleted = await deleteLineItem(operator(), { lineItemId, confirm: name });
    expect(deleted).toMatchObject({ scores: 4, refused: 2, wasGone: false });
    expect(await platform.lineItemsOf({ contextId })).toEqual([]);
    const { items } = await listScores(operator(), { courseId, sort: "updatedAt" });
    const states = Object.fromEntries(
      items.map(({ userId, state, problem }) => [userId, { state, problem }]),
    );
    const problem = {
      code: "operation.column_deleted",
      message: `the line item “${name}” was deleted by Ada Operator`,
    };
    expect(states).toEqual({
      [userIds[0]!]: { state: "sent", problem: null },
      [userIds[1]!]: { state: "rejected", problem },
      [userIds[2]!]: { state: "sent", problem: null },
      "somebody-new": { state: "rejected", problem },
    });
    expect(
      await installation.db.prisma.scoreOutcome.count({ where: { score: { lineItemId } } }),
    ).toBe(3);
    expect(await getCourseProof(operator(), { courseId })).toMatchObject({ total: 0, differs: 0 });
    expect((await listDifferences(operator(), { courseId })).items).toEqual([]);
    expect((await getCourse(operator(), { courseId })).proof).toBeNull();

    await expect(push([score("u-9", 1)])).rejects.toMatchObject({ code: problem.code });
    const again = deleteLineItem(operator(), { lineItemId, confirm: name });
    await expect(again).rejects.toMatchObject({ code: "operation.conflict" });
    const verified = await startRun(installation, "verify", target);
    expect(await finished(installation, verified.id)).toMatchObject({ total: 0, failed: 0 });
  });

  test("takes scores again once it was added anew by its address", async () => {
    const { course: row, lineItemId, url } = await course();
    await deleteLineItem(operator(), { lineItemId, confirm: "Quiz 1" });
    expect(await getLineItem(operator(), { lineItemId })).toMatchObject({
      deletedBy: "Ada Operator",
      goneAt: expect.any(String),
    });
    const added = await addLineItem(operator(), {
      courseId: row.id,
      url,
      label: "Quiz 1",
      scoreMaximum: 60,
    });
    expect(added).toMatchObject({ id: lineItemId, deletedBy: null, goneAt: null });
  });

  test("counts as deleted where the platform has it no longer, or the answer was lost", async () => {
    const gone = await course();
    await platform.removeLineItem({ lineItem: gone.url });
    expect(
      await deleteLineItem(operator(), { lineItemId: gone.lineItemId, confirm: "Quiz 1" }),
    ).toMatchObject({ wasGone: true });
    const lost = await course();
    await platform.misbehave({
      kind: "error_after",
      status: 502,
      method: "DELETE",
      lineItem: lost.url,
      times: 1,
    });
    expect(
      await deleteLineItem(operator(), { lineItemId: lost.lineItemId, confirm: "Quiz 1" }),
    ).toMatchObject({ wasGone: false });
    expect(await onPlatform(lost.contextId)).toBeUndefined();
  });

  test("stays where the platform refuses, with its scores", async () => {
    const { contextId, lineItems, lineItemId, url } = await course();
    await wantScores(installation, lineItems[0]!, ["u-1"]);
    await platform.misbehave({ kind: "forbidden", method: "DELETE", lineItem: url });
    await expect(
      deleteLineItem(operator(), { lineItemId, confirm: "Quiz 1" }),
    ).rejects.toMatchObject({ code: "lti.access_denied" });
    expect(await onPlatform(contextId)).toBeDefined();
    const { scores, deletedBy } = await getLineItem(operator(), { lineItemId });
    expect({ deletedBy, pending: scores.pending }).toEqual({ deletedBy: null, pending: 1 });
  });
});

describe("a line item that is added by an address that is known", () => {
  test("is answered as it is held, with what differs", async () => {
    const { course: row, lineItemId, url } = await course();
    const asked = { courseId: row.id, url, label: "Other", scoreMaximum: 5, tag: "else" };
    expect(await addLineItem(operator(), asked)).toMatchObject({
      id: lineItemId,
      label: "Quiz 1",
      scoreMaximum: 60,
      tag: "grade",
      wasCreated: false,
      differs: ["label", "scoreMaximum", "tag"],
    });
  });
});
