import { describe, expect, test } from "vitest";
import { getCourse } from "#lib/operations/courses/courses.ts";
import { addLineItem } from "#lib/operations/line-items/acts/add-line-item.ts";
import { deleteLineItem } from "#lib/operations/line-items/acts/delete-line-item.ts";
import { getLineItem } from "#lib/operations/line-items/line-items.ts";
import { getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import { pushScores } from "#lib/operations/scores/push/push-scores.ts";
import { listScores } from "#lib/operations/scores/scores.ts";
import { gradedCourse, startGradeSync } from "#tests/support/grading.ts";
import { finished, startRun, wantScores } from "#tests/support/installation.ts";
import { QUIZ, useOneColumn } from "./stage.ts";

const { installation, platform, operator, course, onPlatform } = useOneColumn();

describe("a line item that is deleted", () => {
  test("needs its label, and says how many scores it holds", async () => {
    const { lineItems, contextId, lineItemId } = await course();
    await wantScores(installation, lineItems[0]!, ["u-1", "u-2"]);
    await platform.resetCounts();
    for (const confirm of [undefined, "", "Quiz"]) {
      await expect(deleteLineItem(operator, { lineItemId, confirm })).rejects.toMatchObject({
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
    await expect(deleteLineItem(operator, asked)).rejects.toMatchObject({
      code: "lti.coupled_line_item",
    });
    expect(await onPlatform(contextId)).toBeDefined();
    await deleteLineItem(operator, { ...asked, coupled: true });
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
    expect(await getCourseProof(operator, { courseId })).toMatchObject({ total: 3, differs: 1 });
    const score = (userId: string, scoreGiven: number) => ({
      userId,
      scoreGiven,
      activityProgress: "Completed" as const,
      gradingProgress: "FullyGraded" as const,
    });
    const push = (scores: ReturnType<typeof score>[]) =>
      pushScores(operator, { lineItemId, scores, send: false });
    await push([score(userIds[1]!, 77), score("somebody-new", 5)]);

    const name = lineItem.label;
    const deleted = await deleteLineItem(operator, { lineItemId, confirm: name });
    expect(deleted).toMatchObject({ scores: 4, refused: 2, wasGone: false });
    expect(await platform.lineItemsOf({ contextId })).toEqual([]);
    const { items } = await listScores(operator, { courseId, sort: "updatedAt" });
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
    expect(await getCourseProof(operator, { courseId })).toMatchObject({ total: 0, differs: 0 });
    expect((await listDifferences(operator, { courseId })).items).toEqual([]);
    expect((await getCourse(operator, { courseId })).proof).toBeNull();

    await expect(push([score("u-9", 1)])).rejects.toMatchObject({ code: problem.code });
    const again = deleteLineItem(operator, { lineItemId, confirm: name });
    await expect(again).rejects.toMatchObject({ code: "operation.conflict" });
    const verified = await startRun(installation, "verify", target);
    expect(await finished(installation, verified.id)).toMatchObject({ total: 0, failed: 0 });
  });

  test("takes scores again once it was added anew by its address", async () => {
    const { course: row, lineItemId, url } = await course();
    await deleteLineItem(operator, { lineItemId, confirm: "Quiz 1" });
    expect(await getLineItem(operator, { lineItemId })).toMatchObject({
      deletedBy: "Ada Operator",
      goneAt: expect.any(String),
    });
    const added = await addLineItem(operator, {
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
      await deleteLineItem(operator, { lineItemId: gone.lineItemId, confirm: "Quiz 1" }),
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
      await deleteLineItem(operator, { lineItemId: lost.lineItemId, confirm: "Quiz 1" }),
    ).toMatchObject({ wasGone: false });
    expect(await onPlatform(lost.contextId)).toBeUndefined();
  });

  test("stays where the platform refuses, with its scores", async () => {
    const { contextId, lineItems, lineItemId, url } = await course();
    await wantScores(installation, lineItems[0]!, ["u-1"]);
    await platform.misbehave({ kind: "forbidden", method: "DELETE", lineItem: url });
    await expect(deleteLineItem(operator, { lineItemId, confirm: "Quiz 1" })).rejects.toMatchObject(
      { code: "lti.access_denied" },
    );
    expect(await onPlatform(contextId)).toBeDefined();
    const { scores, deletedBy } = await getLineItem(operator, { lineItemId });
    expect({ deletedBy, pending: scores.pending }).toEqual({ deletedBy: null, pending: 1 });
  });
});
