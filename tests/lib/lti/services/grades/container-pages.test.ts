import { afterEach, describe, expect, test } from "vitest";
import {
  NextPageUnsafe,
  ResponseMalformed,
  listLineItems,
  listResults,
  streamResults,
} from "#lib/lti/index.ts";
import { testClient } from "#tests/lib/lti/support/clients.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import type { ScriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

const client = () => testClient(platform.url, platform.options);
const next = (path: string) => ({ link: `<${path}>; rel="next"` });
const result = (userId: unknown, more = {}) => ({ id: `/r/${String(userId)}`, userId, ...more });

describe("a walk over results", () => {
  test("reads values as they come, and sets rows apart that are none", async () => {
    platform = await scriptedPlatform(() => ({
      body: [
        result("1", { resultScore: "7.5", resultMaximum: 10, comment: "", "https://x.edu/y": 1 }),
        result("2", { resultScore: null, resultMaximum: 0 }),
        result(3, { resultScore: 0 }),
        null,
        { resultScore: 1 },
      ],
    }));
    const { results, quarantined, complete } = await listResults(client());
    expect(results).toMatchObject([
      { userId: "1", resultScore: 7.5, resultMaximum: 10, extensions: { "https://x.edu/y": 1 } },
      { userId: "2", resultMaximum: 1 },
      { userId: "3", resultScore: 0, resultMaximum: 1 },
    ]);
    expect(results[0]?.comment).toBeUndefined();
    expect(results[1]?.resultScore).toBeUndefined();
    expect(quarantined).toEqual([
      { index: 3, reason: "is not an object" },
      { index: 4, reason: "has no userId" },
    ]);
    expect(complete).toBe(true);
  });

  test("ends where the same page comes again under ever new addresses", async () => {
    platform = await scriptedPlatform((_request, index) => ({
      headers: next(`?p=${index + 1}`),
      body: [result("1")],
    }));
    const { incompleteReason } = await listResults(client());
    expect(incompleteReason).toBe("page_content_repeated");
    expect(platform.requests).toHaveLength(2);
  });

  test("ends at the most pages and at the end of its time", async () => {
    platform = await scriptedPlatform((_request, index) => ({
      headers: next(`?p=${index + 1}`),
      body: [result(String(index))],
    }));
    expect(await listResults(client(), { maxPages: 3 })).toMatchObject({
      incompleteReason: "page_cap",
      results: { length: 3 },
    });
    expect(await listResults(client(), { maxDurationMs: 0 })).toMatchObject({
      incompleteReason: "time_cap",
    });
  });

  test("gives the page, then refuses its next at another origin", async () => {
    platform = await scriptedPlatform(() => ({
      headers: next("https://elsewhere.example.edu/r"),
      body: [result("1")],
    }));
    const seen: unknown[] = [];
    const walking = async () => {
      for await (const page of streamResults(client())) seen.push(...page.rows);
    };
    await expect(walking()).rejects.toThrow(NextPageUnsafe);
    expect(seen).toHaveLength(1);
    expect(platform.requests).toHaveLength(1);
  });

  test.each([
    ["an object", {}],
    ["text", '"x"'],
    ["HTML", "<html>"],
  ])("refuses %s as a container", async (_case, body) => {
    platform = await scriptedPlatform(() => ({ body }));
    await expect(listResults(client())).rejects.toThrow(ResponseMalformed);
    await expect(listLineItems(client())).rejects.toThrow(ResponseMalformed);
  });
});

describe("a walk over line items", () => {
  test("reads what platforms write, and keeps what it does not know", async () => {
    platform = await scriptedPlatform(() => ({
      body: [
        { id: "/i/1?type_id=1", label: "A", scoreMaximum: 10, tag: "", resourceId: null },
        { id: "https://lms.example.edu/i/2 ", scoreMaximum: "5", "https://x.edu/y": [1] },
        { id: "https:lms.example.edu/i/2b", label: "B", scoreMaximum: 5 },
        { id: "/i/3", label: "C" },
        { label: "D", scoreMaximum: 1 },
        { id: " ", label: "E", scoreMaximum: 1 },
      ],
    }));
    const { lineItems, quarantined } = await listLineItems(client());
    expect(lineItems).toMatchObject([
      { url: `${platform.url}/i/1?type_id=1`, label: "A", scoreMaximum: 10 },
      {
        url: "https://lms.example.edu/i/2",
        label: "",
        scoreMaximum: 5,
        extensions: { "https://x.edu/y": [1] },
      },
      { url: "https://lms.example.edu/i/2b", label: "B", scoreMaximum: 5 },
    ]);
    expect(lineItems[0]?.tag).toBeUndefined();
    expect(quarantined.map(({ reason }) => reason)).toEqual([
      "has no scoreMaximum",
      "has no usable id",
      "has no usable id",
    ]);
  });
});
