import { describe, expect, test } from "vitest";
import { CoupledLineItem, deleteLineItem, findOrCreateLineItem } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const wanted = { label: "Quiz", scoreMaximum: 10, resourceId: "quiz-231", tag: "grade" };
const copied = [
  { label: "Quiz (copy)", resourceId: "quiz-231", tag: "grade", resourceLinkId: "link-in-copy" },
  { label: "Originality", resourceId: "quiz-231", tag: "originality" },
];

describe("AGS 2.0 §3.2.15 Course copy and export/import", () => {
  const stage = useServiceStage({ course: { lineItems: copied } });

  test("finds the copied line item by resourceId and tag, and makes no duplicate", async () => {
    const { lineItem, wasCreated } = await findOrCreateLineItem(stage.client, wanted);
    expect(wasCreated).toBe(false);
    expect(lineItem).toMatchObject({ label: "Quiz (copy)", resourceLinkId: "link-in-copy" });
    const [request, ...others] = await stage.sent();
    expect(request).toMatchObject({ method: "GET", query: "resource_id=quiz-231&tag=grade" });
    expect(others).toEqual([]);
  });

  test("looks through every page before it makes one", async () => {
    for (let copy = 0; copy < 3; copy++) {
      await stage.platform.addLineItem({
        contextId: stage.course.contextId,
        label: `Other ${copy}`,
        resourceId: "quiz-232",
        tag: "grade",
      });
    }
    await stage.platform.misbehave({ kind: "page_cap", size: 1 });
    const created = await findOrCreateLineItem(stage.client, { ...wanted, tag: "bonus" });
    const again = await findOrCreateLineItem(stage.client, { ...wanted, tag: "bonus" });
    expect([created.wasCreated, again.wasCreated]).toEqual([true, false]);
    expect(again.lineItem.url).toBe(created.lineItem.url);
    expect(await stage.sent({ method: "POST" })).toHaveLength(1);
  });
});

describe("AGS 2.0 §4.3 Coupled and decoupled line items", () => {
  const stage = useServiceStage({ course: { lineItems: copied } });

  test("deletes the line item of the resource link only when that is meant", async () => {
    const lineItemUrl = stage.lineItemUrl;
    await expect(deleteLineItem(stage.client, { lineItemUrl })).rejects.toThrow(CoupledLineItem);
    expect(await stage.sent()).toEqual([]);
    await deleteLineItem(stage.client, { lineItemUrl, force: true });
    expect(await stage.sent()).toMatchObject([{ method: "DELETE", status: 204 }]);
  });
});
