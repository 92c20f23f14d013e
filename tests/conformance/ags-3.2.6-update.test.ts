import { describe, expect, test } from "vitest";
import { LineItemInvalid, getLineItem, updateLineItem } from "#lib/lti/index.ts";
import type { LineItemInput } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const lineItems = [
  {
    label: "Chapter 5 Test",
    scoreMaximum: 60,
    resourceId: "quiz-231",
    tag: "grade",
    resourceLinkId: "link-1",
    startDateTime: "2018-03-06T20:05:02Z",
    endDateTime: "2018-04-06T22:05:03+02:00",
  },
];

describe("AGS 2.0 §3.2.6 Updating a line item", () => {
  const stage = useServiceStage({ course: { lineItems, resourceLinks: [{ id: "link-1" }] } });

  test("reads the line item first, then puts the complete definition", async () => {
    const updated = await updateLineItem(stage.client, { label: "Renamed" });
    const [read, replaced] = await stage.sent();
    expect([read?.method, replaced?.method]).toEqual(["GET", "PUT"]);
    expect(JSON.parse(replaced?.body ?? "")).toEqual({
      id: stage.lineItemUrl,
      label: "Renamed",
      scoreMaximum: 60,
      resourceId: "quiz-231",
      tag: "grade",
      resourceLinkId: "link-1",
      startDateTime: "2018-03-06T20:05:02.000Z",
      endDateTime: "2018-04-06T20:05:03.000Z",
    });
    expect(updated).toMatchObject({ url: stage.lineItemUrl, label: "Renamed", tag: "grade" });
  });

  test("voids what is set to undefined, and leaves the rest", async () => {
    const endAt = new Date("2018-05-01T00:00:00Z");
    await updateLineItem(stage.client, { startAt: undefined, endAt });
    const held = await getLineItem(stage.client);
    expect(held.startAt).toBeUndefined();
    expect(held).toMatchObject({ endAt, label: "Chapter 5 Test", scoreMaximum: 60 });
  });

  test.each(["url", "resourceLinkId"])("changes no %s", async (field) => {
    const changes = { [field]: "https://elsewhere.example.edu/" } as Partial<LineItemInput>;
    await expect(updateLineItem(stage.client, changes)).rejects.toThrow(LineItemInvalid);
    expect(await stage.sent()).toEqual([]);
  });

  test.each([{ label: " " }, { scoreMaximum: 0 }])("replaces nothing by %j", async (changes) => {
    await expect(updateLineItem(stage.client, changes)).rejects.toThrow(LineItemInvalid);
    expect(await stage.sent({ method: "PUT" })).toEqual([]);
  });
});
