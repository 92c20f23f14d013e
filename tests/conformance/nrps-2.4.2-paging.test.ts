import { describe, expect, test } from "vitest";
import { listMemberships, streamMemberships } from "#lib/lti/index.ts";
import type { MembershipsPage } from "#lib/lti/index.ts";
import { useServiceStage } from "#tests/support/service-stage.ts";

describe("NRPS 2.0 §2.4.2 Limit query parameter", () => {
  const stage = useServiceStage();

  test("asks for a limit, and walks every page until no next is named", async () => {
    const pages: MembershipsPage[] = [];
    for await (const page of streamMemberships(stage.client, { limit: 5 })) pages.push(page);
    expect(pages.map(({ memberships }) => memberships.length)).toEqual([5, 5, 2]);
    expect(pages.map(({ complete }) => complete)).toEqual([false, false, true]);
    const people = pages.flatMap(({ memberships }) => memberships.map(({ userId }) => userId));
    expect(new Set(people).size).toBe(12);
  });

  test("asks for each next page by its address to the letter", async () => {
    const pages: MembershipsPage[] = [];
    for await (const page of streamMemberships(stage.client, { limit: 5 })) pages.push(page);
    const asked = (await stage.sent()).map(({ path, query }) => `${path}?${query}`);
    expect(asked[0]).toMatch(/\?limit=5$/);
    const named = pages.map(({ nextUrl }) => nextUrl).filter((url) => url !== undefined);
    expect(asked.slice(1)).toEqual(named.map((url) => url.slice(new URL(url).origin.length)));
  });

  test("takes pages that are smaller or larger than it asked for", async () => {
    await stage.platform.misbehave({ kind: "page_cap", size: 4 });
    expect(await listMemberships(stage.client, { limit: 11 })).toMatchObject({
      complete: true,
      memberships: { length: 12 },
    });
    expect(await stage.sent()).toHaveLength(3);
    await stage.platform.misbehave({ kind: "ignore_limit" });
    const { memberships } = await listMemberships(stage.client, { limit: 2 });
    expect(memberships).toHaveLength(12);
  });
});
