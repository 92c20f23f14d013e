import { afterEach, describe, expect, test } from "vitest";
import { ResponseMalformed, UnknownOutcome, findOrCreateLineItem } from "#lib/lti/index.ts";
import { testClient } from "#tests/lib/lti/support/clients.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import type { ScriptedPlatform, ScriptedReply } from "#tests/lib/lti/support/scripted-platform.ts";

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const wanted = { label: "Quiz", scoreMaximum: 10, resourceId: "quiz-1" };
const column = (more = {}) => ({ id: "/i/9", label: "Quiz", scoreMaximum: 10, ...more });
const mine = column({ resourceId: "quiz-1" });

/** Lists what is in `columns`, in turn; answers a create with `created`. */
async function stage(columns: unknown[][], created: ScriptedReply | "cut" = { body: mine }) {
  let reads = 0;
  platform = await scriptedPlatform(({ method }) =>
    method === "POST" ? created : { body: columns[Math.min(reads++, columns.length - 1)] },
  );
  const client = testClient(platform.url, platform.options);
  const creates = () => platform.requests.filter(({ method }) => method === "POST").length;
  return { client, creates };
}

describe("findOrCreateLineItem", () => {
  test("creates nothing where there is one", async () => {
    const { client, creates } = await stage([[column({ resourceId: "other" }), mine]]);
    expect(await findOrCreateLineItem(client, wanted)).toMatchObject({ wasCreated: false });
    expect(creates()).toBe(0);
  });

  test.each([
    ["another tag", column({ resourceId: "quiz-1", tag: "originality" })],
    ["another resource", column({ resourceId: "quiz-2" })],
    ["no resource", column()],
  ])("does not take a line item with %s for its own", async (_case, other) => {
    const { client, creates } = await stage([[other]]);
    expect(await findOrCreateLineItem(client, wanted)).toMatchObject({ wasCreated: true });
    expect(creates()).toBe(1);
  });

  test("takes its own where the platform ignored the resource link [AGS 2.0 §3.2.5]", async () => {
    const { client, creates } = await stage([[mine]]);
    const found = await findOrCreateLineItem(client, { ...wanted, resourceLinkId: "link-1" });
    expect(found).toMatchObject({ wasCreated: false });
    expect(creates()).toBe(0);
  });

  test("does not take the line item of another resource link", async () => {
    const { client, creates } = await stage([[{ ...mine, resourceLinkId: "link-2" }]]);
    await findOrCreateLineItem(client, { ...wanted, resourceLinkId: "link-1" });
    expect(creates()).toBe(1);
  });

  test.each<[string, ScriptedReply | "cut"]>([
    ["is lost", "cut"],
    ["is an error", { status: 502 }],
    ["cannot be read", { status: 201, body: '{"id":' }],
  ])("looks again when the answer %s, and finds what was made", async (_case, created) => {
    const { client, creates } = await stage([[], [mine]], created);
    const found = await findOrCreateLineItem(client, wanted);
    expect(found).toMatchObject({ wasCreated: true, lineItem: { url: `${platform.url}/i/9` } });
    expect(creates()).toBe(1);
  });

  test("says that it does not know when nothing is found", async () => {
    const { client, creates } = await stage([[], []], "cut");
    await expect(findOrCreateLineItem(client, wanted)).rejects.toThrow(UnknownOutcome);
    expect(creates()).toBe(1);
  });

  test("creates nothing while a row of the list cannot be read", async () => {
    const { client, creates } = await stage([[{ id: "/i/1" }]]);
    await expect(findOrCreateLineItem(client, wanted)).rejects.toThrow(ResponseMalformed);
    expect(creates()).toBe(0);
  });

  test("creates nothing from a list that did not end", async () => {
    platform = await scriptedPlatform(() => ({ headers: { link: '<>; rel="next"' }, body: [] }));
    const client = testClient(platform.url, platform.options);
    await expect(findOrCreateLineItem(client, wanted)).rejects.toThrow(ResponseMalformed);
    expect(platform.requests.every(({ method }) => method === "GET")).toBe(true);
  });
});
