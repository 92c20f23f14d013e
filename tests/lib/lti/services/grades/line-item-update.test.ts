import { afterEach, describe, expect, test } from "vitest";
import { updateLineItem } from "#lib/lti/index.ts";
import { testClient } from "#tests/lib/lti/support/clients.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import type { ScriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";

let platform: ScriptedPlatform;
afterEach(async () => platform.close());

/** A platform whose dates and flags are of a form of its own. */
const HELD = {
  label: "Essay",
  scoreMaximum: 10,
  startDateTime: "next week",
  endDateTime: null,
  gradesReleased: "yes",
  "https://lms.example.edu/weight": 2,
};

async function updated(changes: Parameters<typeof updateLineItem>[1]) {
  platform = await scriptedPlatform(({ method, body, url }) => ({
    body: method === "PUT" ? body : { id: url.href, ...HELD },
  }));
  const lineItemUrl = `${platform.url}/items/1`;
  const client = testClient(platform.url, platform.options);
  const item = await updateLineItem(client, changes, { lineItemUrl });
  const put = platform.requests.find(({ method }) => method === "PUT");
  return { item, lineItemUrl, put: put && (JSON.parse(put.body) as Record<string, unknown>) };
}

describe("the update of a line item", () => {
  test("sends back what it cannot read, but for what is changed", async () => {
    const { put, lineItemUrl } = await updated({ label: "Long essay", gradesReleased: true });
    expect(put).toEqual({
      id: lineItemUrl,
      label: "Long essay",
      scoreMaximum: 10,
      startDateTime: "next week",
      gradesReleased: true,
      "https://lms.example.edu/weight": 2,
    });
  });

  test("voids what it cannot read where that is asked for", async () => {
    const { put } = await updated({ startAt: undefined });
    expect(put).not.toHaveProperty("startDateTime");
    expect(put).toMatchObject({ gradesReleased: "yes" });
  });

  test("is decided by what was read: nothing is replaced by null, or where that throws", async () => {
    const unchanged = await updated(({ label }) => (label === "Essay" ? null : { label: "No" }));
    expect(unchanged.put).toBeUndefined();
    expect(unchanged.item.label).toBe("Essay");
    await platform.close();
    const stopped = updated(() => {
      throw new RangeError("seen otherwise");
    });
    await expect(stopped).rejects.toThrow(RangeError);
    expect(platform.requests.map(({ method }) => method)).toEqual(["GET"]);
  });
});
