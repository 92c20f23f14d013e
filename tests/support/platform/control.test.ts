import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MEDIA, startPlatform, type PlatformClient } from "./index.ts";
import { get, Tool } from "./testing/tool.ts";

describe("a platform in its own process", () => {
  let platform: PlatformClient;

  beforeAll(async () => {
    platform = await startPlatform({ issuer: "https://lms.example", seed: 7, logSize: 3 });
  });
  afterAll(() => platform.stop());

  test("publishes its configuration", async () => {
    const url = `${platform.url}/.well-known/openid-configuration`;
    const configuration: unknown = await (await fetch(url)).json();

    expect(platform.issuer).toBe("https://lms.example");
    expect(configuration).toMatchObject({
      issuer: "https://lms.example",
      token_endpoint: platform.tokenEndpoint,
      jwks_uri: platform.jwksUrl,
    });
  });

  test("gives other people for another seed", async () => {
    const other = await startPlatform({ seed: 8 });
    const course = { contextId: "seeded", members: 50 };
    const names = async (client: PlatformClient) => {
      await client.addCourse(course);
      return (await client.rosterOf({ contextId: "seeded" })).map(({ userId, name }) => [
        userId,
        name,
      ]);
    };
    const [ours, theirs] = [await names(platform), await names(other)];
    await other.stop();

    expect(ours).not.toEqual(theirs);
    expect(new Set(ours.map(([userId]) => userId)).size).toBe(50);
  });

  test("keeps the last requests without their secrets", async () => {
    const tool = await Tool.register(platform);
    const token = await tool.token();
    const course = await platform.addCourse({ members: 1 });
    for (let count = 0; count < 4; count++)
      await get(course.membershipsUrl, token, MEDIA.memberships);

    const requests = await platform.requests({ route: "memberships" });
    const [issued] = await platform.tokens();

    expect(requests).toHaveLength(3);
    expect(requests[2]).toMatchObject({
      method: "GET",
      clientId: tool.clientId,
      contextId: course.contextId,
      status: 200,
      headers: { accept: MEDIA.memberships, authorization: `Bearer sha256:${issued?.fingerprint}` },
    });
    expect(JSON.stringify(requests)).not.toContain(token);
    expect(issued).toMatchObject({ clientId: tool.clientId, uses: 4, isRevoked: false });
  });

  test("counts by route, course and status, and starts anew on request", async () => {
    const tool = await Tool.register(platform);
    const token = await tool.token();
    const course = await platform.addCourse({ contextId: "counted", members: 1 });
    await platform.resetCounts();
    await get(course.membershipsUrl, token, MEDIA.memberships);
    await get(course.lineItemsUrl, token, "text/plain");

    expect(await platform.counts()).toMatchObject({
      requests: 2,
      byRoute: { memberships: 1, line_items: 1 },
      byCourse: { counted: { memberships: 1, line_items: 1 } },
      byStatus: { 200: 1, 406: 1 },
    });
    await platform.resetCounts();
    expect(await platform.counts()).toMatchObject({ requests: 0, byRoute: {} });
  });

  test("ends one fault or all of them, and says which are in force", async () => {
    const { id } = await platform.misbehave({ kind: "error_page" });
    await platform.misbehave({ kind: "page_cap", size: 5 });
    await platform.behave({ id });
    expect(await platform.faults()).toMatchObject([{ fault: { kind: "page_cap", size: 5 } }]);

    await platform.behave();
    expect(await platform.faults()).toEqual([]);
  });

  test("refuses commands that it does not know or cannot carry out", async () => {
    const unknown = await fetch(`${platform.url}/_control/explode`, { method: "POST" });

    expect(unknown.status).toBe(404);
    await expect(platform.scoresOf({ lineItem: "none" })).rejects.toThrow("no line item none");
    await expect(platform.changeRoster({ contextId: "none" })).rejects.toThrow("no course none");
    await expect(platform.misbehave({ kind: "page_cap", size: 0 })).rejects.toThrow("size");
  });

  test("is gone once stopped", async () => {
    const other = await startPlatform();
    await other.stop();

    await expect(other.counts()).rejects.toThrow("fetch failed");
  });
});
