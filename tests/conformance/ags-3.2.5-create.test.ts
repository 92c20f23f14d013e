import { describe, expect, test } from "vitest";
import { ResourceGone, createLineItem } from "#lib/lti/index.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const quiz = { label: "Chapter 5 Test", scoreMaximum: 60, resourceId: "quiz-231", tag: "grade" };

describe("AGS 2.0 §3.2.5 Creating a new line item", () => {
  const stage = useServiceStage();

  test("posts the line item to the container, without an id, and returns its address", async () => {
    const created = await createLineItem(stage.client, quiz);
    const [request] = await stage.sent();
    expect(request).toMatchObject({
      method: "POST",
      path: new URL(stage.course.lineItemsUrl).pathname,
      status: 201,
    });
    expect(JSON.parse(request?.body ?? "")).toEqual(quiz);
    expect(created).toMatchObject(quiz);
    const held = await stage.platform.lineItemsOf({ contextId: stage.course.contextId });
    expect(held.at(-1)).toMatchObject({ url: created.url, ...quiz });
  });

  test("takes what the platform made of it for the line item", async () => {
    const made = { id: "/l/1", label: "Chapter 5", scoreMaximum: 100 };
    await using platform = await scriptedPlatform(() => ({ status: 201, body: made }));
    const grades = { ...stage.endpoints.grades, lineItemsUrl: `${platform.url}/l` };
    const client = await stage.connect({ endpoints: { grades } });
    expect(await createLineItem(client, quiz)).toMatchObject({
      url: `${platform.url}/l/1`,
      label: "Chapter 5",
      scoreMaximum: 100,
    });
  });
});

describe("AGS 2.0 §3.2.7 Label", () => {
  const stage = useServiceStage();

  test.each(["", "  \t"])("sends no line item whose label is %j", async (label) => {
    const creating = createLineItem(stage.client, { ...quiz, label });
    await expect(creating).rejects.toMatchObject({ field: "label" });
    expect(await stage.sent()).toEqual([]);
  });
});

describe("AGS 2.0 §3.2.8 scoreMaximum", () => {
  const stage = useServiceStage();

  test.each([0, -1, Number.NaN, Infinity])(
    "sends no line item whose maximum is %d",
    async (scoreMaximum) => {
      const creating = createLineItem(stage.client, { ...quiz, scoreMaximum });
      await expect(creating).rejects.toMatchObject({ field: "scoreMaximum" });
      expect(await stage.sent()).toEqual([]);
    },
  );

  test("sends a number, whole or not", async () => {
    await createLineItem(stage.client, { ...quiz, scoreMaximum: 0.5 });
    const [request] = await stage.sent();
    expect(request?.body).toContain('"scoreMaximum":0.5');
  });
});

describe("AGS 2.0 §3.2.9 resourceLinkId and binding a line item to a resource link", () => {
  const stage = useServiceStage({ course: { resourceLinks: [{ id: "link-1" }] } });

  test("sends the link that the line item belongs to", async () => {
    const created = await createLineItem(stage.client, { ...quiz, resourceLinkId: "link-1" });
    const [request] = await stage.sent();
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ resourceLinkId: "link-1" });
    expect(created.resourceLinkId).toBe("link-1");
  });

  test("reports a link that the context does not have", async () => {
    const creating = createLineItem(stage.client, { ...quiz, resourceLinkId: "elsewhere" });
    await expect(creating).rejects.toThrow(ResourceGone);
  });
});

describe("AGS 2.0 §3.2.10 Tool resource identifier resourceId", () => {
  const stage = useServiceStage();

  test("sends it as text, and reads none, blank and null as none", async () => {
    await createLineItem(stage.client, { ...quiz, resourceId: "231" });
    const [request] = await stage.sent();
    expect(request?.body).toContain('"resourceId":"231"');
    const { resourceId } = await createLineItem(stage.client, { label: "L", scoreMaximum: 1 });
    expect(resourceId).toBeUndefined();
  });
});

describe("AGS 2.0 §3.2.11 tag", () => {
  const stage = useServiceStage();

  test("tells line items of one resource apart", async () => {
    for (const tag of ["grade", "originality"])
      await createLineItem(stage.client, { ...quiz, tag });
    const bodies = (await stage.sent()).map(({ body }) => JSON.parse(body) as { tag: string });
    expect(bodies.map(({ tag }) => tag)).toEqual(["grade", "originality"]);
  });
});

describe("AGS 2.0 §3.2.12 startDateTime", () => {
  const stage = useServiceStage();

  test("is sent in ISO 8601 with a zone, and left out where there is none", async () => {
    const startAt = new Date("2018-03-06T20:05:02Z");
    await createLineItem(stage.client, { ...quiz, startAt });
    await createLineItem(stage.client, quiz);
    const [dated, undated] = await stage.sent();
    expect(JSON.parse(dated?.body ?? "")).toMatchObject({
      startDateTime: "2018-03-06T20:05:02.000Z",
    });
    expect(JSON.parse(undated?.body ?? "")).not.toHaveProperty("startDateTime");
  });

  test("is not sent where it is no date", async () => {
    const creating = createLineItem(stage.client, { ...quiz, startAt: new Date("never") });
    await expect(creating).rejects.toMatchObject({ field: "startAt" });
    expect(await stage.sent()).toEqual([]);
  });
});

describe("AGS 2.0 §3.2.13 endDateTime", () => {
  const stage = useServiceStage();

  test("is sent in ISO 8601 with a zone, and read back as a date", async () => {
    const endAt = new Date("2018-04-06T22:05:03Z");
    const created = await createLineItem(stage.client, { ...quiz, endAt });
    const [request] = await stage.sent();
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      endDateTime: "2018-04-06T22:05:03.000Z",
    });
    expect(created.endAt).toEqual(endAt);
  });
});

describe("AGS 2.0 §3.2.14 gradesReleased", () => {
  const stage = useServiceStage();

  test.each([true, false])("sends the wish %s", async (gradesReleased) => {
    const created = await createLineItem(stage.client, { ...quiz, gradesReleased });
    const [request] = await stage.sent();
    expect(JSON.parse(request?.body ?? "")).toMatchObject({ gradesReleased });
    expect(created.gradesReleased).toBe(gradesReleased);
  });
});
