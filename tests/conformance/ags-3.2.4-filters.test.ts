import { describe, expect, test } from "vitest";
import { listLineItems, streamLineItems } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

const resourceLinks = [{ id: "link-1" }];
const lineItems = [
  { label: "A", resourceId: "quiz", tag: "grade", resourceLinkId: "link-1" },
  { label: "B", resourceId: "quiz", tag: "originality" },
  { label: "C", resourceId: "essay", tag: "grade" },
  { label: "D" },
];

describe("AGS 2.0 §3.2.4 Container request filters", () => {
  const stage = useServiceStage({ course: { resourceLinks, lineItems } });

  test.each([
    [{ resourceLinkId: "link-1" }, "resource_link_id=link-1", ["A"]],
    [{ resourceId: "quiz" }, "resource_id=quiz", ["A", "B"]],
    [{ tag: "grade" }, "tag=grade", ["A", "C"]],
    [{ resourceId: "quiz", tag: "grade" }, "resource_id=quiz&tag=grade", ["A"]],
    [{ resourceId: "none" }, "resource_id=none", []],
    [{}, "", ["A", "B", "C", "D"]],
  ])("asks for %j by its parameters", async (filter, query, labels) => {
    const { lineItems: found, complete } = await listLineItems(stage.client, filter);
    const [request] = await stage.sent();
    expect(request).toMatchObject({ method: "GET", route: "line_items", query });
    expect(found.map(({ label }) => label)).toEqual(labels);
    expect(complete).toBe(true);
  });

  test("walks the pages of a limit, and applies no filter to a next address again", async () => {
    const nextUrls: (string | undefined)[] = [];
    for await (const page of streamLineItems(stage.client, { tag: "grade", limit: 1 })) {
      nextUrls.push(page.nextUrl);
    }
    const [first, second, ...others] = await stage.sent();
    expect(first?.query).toBe("tag=grade&limit=1");
    expect(`${stage.platform.url}${second?.path}?${second?.query}`).toBe(nextUrls[0]);
    expect(others).toEqual([]);
    expect(nextUrls[1]).toBeUndefined();
  });

  test("walks on where the platform makes pages smaller than asked for", async () => {
    await stage.platform.misbehave({ kind: "page_cap", size: 1 });
    const { lineItems: found } = await listLineItems(stage.client, { limit: 100 });
    expect(found).toHaveLength(4);
  });

  test("keeps the query of the container's address", async () => {
    const lineItemsUrl = `${stage.course.lineItemsUrl}?type_id=4`;
    const grades = { ...stage.endpoints.grades, lineItemsUrl };
    const client = await stage.connect({ endpoints: { grades } });
    await listLineItems(client, { tag: "grade" });
    const [request] = await stage.sent({ route: "line_items" });
    expect(request?.query).toBe("type_id=4&tag=grade");
  });
});
