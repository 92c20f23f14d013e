import { describe, expect, test } from "vitest";
import { findOrCreateLineItem, listLineItems, listResults, postScore } from "#lib/lti/index.ts";
import { platformProfile } from "#lib/platforms/profile.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

const quiz = { label: "Quiz", scoreMaximum: 10, resourceId: "quiz-1", tag: "grade" };

describe("line items", () => {
  const stage = useServiceStage({ course: { lineItems: 25 } });
  const columns = async () =>
    (await stage.platform.lineItemsOf({ contextId: stage.course.contextId })).length;

  test.each(["cut", "error_after", "truncated_json"] as const)(
    "are made once, though the answer be lost by %s [PrairieLearn#15643, hypothesis/lms#7224, CircuitVerse#7765]",
    async (kind) => {
      const fault = { route: "line_items", method: "POST", times: 1 } as const;
      await stage.platform.misbehave(
        kind === "cut" ? { kind, when: "after", ...fault } : { kind, ...fault },
      );
      const { lineItem, wasCreated } = await findOrCreateLineItem(stage.client, quiz);
      expect(wasCreated).toBe(true);
      expect(lineItem).toMatchObject(quiz);
      expect(await columns()).toBe(26);
      expect(await findOrCreateLineItem(stage.client, quiz)).toMatchObject({ wasCreated: false });
      expect(await columns()).toBe(26);
    },
  );

  test("are read to the end where pages hold 10 by default [Simon-Initiative/lti_1p3: Canvas]", async () => {
    await stage.platform.misbehave({ kind: "default_page", size: 10, route: "line_items" });
    const { lineItems, complete } = await listLineItems(stage.client);
    expect([lineItems.length, complete]).toEqual([25, true]);
    expect(await stage.sent()).toHaveLength(3);
  });

  test.each(["not_an_object", "no_id", "no_maximum"] as const)(
    "with one row of %s are read but for that row, and nothing is made blindly [Ltix: fails the list]",
    async (defect) => {
      await stage.platform.misbehave({ kind: "row_defect", defect });
      const { lineItems, quarantined } = await listLineItems(stage.client);
      expect([lineItems.length, quarantined.length]).toEqual([24, 1]);
    },
  );

  test("and results keep every row that can be read [Ltix: fails the list]", async () => {
    for (const userId of stage.learners.slice(0, 2)) {
      await postScore(stage.client, scoreFor(userId));
    }
    await stage.platform.misbehave({ kind: "row_defect", defect: "no_user_id" });
    const { results, quarantined } = await listResults(stage.client);
    expect(results.map(({ userId }) => userId)).toEqual([stage.learners[1]]);
    expect(quarantined).toEqual([{ index: 0, reason: "has no userId" }]);
  });
});

describe("platform profiles", () => {
  test("send one score at a time where parallel requests cost more [canvasapi#704, D2L kb 23661]", () => {
    expect(platformProfile("canvas").scoreConcurrency).toBe(1);
    expect(platformProfile("brightspace").scoreConcurrency).toBe(1);
  });
});
