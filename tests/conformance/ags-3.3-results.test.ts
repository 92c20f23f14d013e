import { beforeEach, describe, expect, test } from "vitest";
import { ScopeMismatch, SCOPE, listResults, postScore, streamResults } from "#lib/lti/index.ts";
import type { Result } from "#lib/lti/index.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

describe("AGS 2.0 §3.3.1 Result service endpoint", () => {
  const stage = useServiceStage({ course: { lineItemQuery: "type_id=4&x=a%2Fb" } });

  test("appends /results to the line item's path and keeps its query", async () => {
    await listResults(stage.client, { userId: "u 1", limit: 5 });
    const [request] = await stage.sent();
    expect(request).toMatchObject({
      method: "GET",
      path: `${new URL(stage.lineItemUrl).pathname}/results`,
      query: "type_id=4&x=a%2Fb&user_id=u+1&limit=5",
    });
  });
});

describe("AGS 2.0 §3.3.2 Result service scope and allowed http methods", () => {
  const stage = useServiceStage();

  test("reads with result.readonly, and sends nothing without it", async () => {
    await listResults(stage.client);
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes: [SCOPE.resultReadonly] });
    const client = await stage.connect();
    await expect(listResults(client)).rejects.toThrow(ScopeMismatch);
    expect(await stage.sent({ route: "results" })).toMatchObject([{ method: "GET", status: 200 }]);
  });
});

describe("AGS 2.0 §3.3.4 Result media type and schema", () => {
  const stage = useServiceStage();

  test("names the media type of the container", async () => {
    await listResults(stage.client);
    const [request] = await stage.sent();
    expect(request?.headers["accept"]).toBe("application/vnd.ims.lis.v2.resultcontainer+json");
  });

  test("reads value, maximum, comment and scorer of a result, and whose and what it is", async () => {
    const [userId = ""] = stage.learners;
    await postScore(stage.client, scoreFor(userId, { comment: "Good", scoringUserId: "t-1" }));
    const { results } = await listResults(stage.client);
    expect(results).toEqual([
      {
        url: expect.stringContaining("/results/"),
        userId,
        resultScore: 80,
        resultMaximum: 100,
        comment: "Good",
        scoringUserId: "t-1",
        scoreOf: stage.lineItemUrl,
        extensions: {},
      },
    ]);
  });

  test("takes no value, or null, for none, and 1 for an absent maximum", async () => {
    await using platform = await scriptedPlatform(() => ({
      body: [{ userId: "a", resultScore: null, comment: null }, { userId: "b" }],
    }));
    const lineItemUrl = `${platform.url}/l/1`;
    const grades = { ...stage.endpoints.grades, lineItemUrl };
    const { results } = await listResults(await stage.connect({ endpoints: { grades } }));
    for (const result of results) {
      expect(result.resultScore).toBeUndefined();
      expect(result.comment).toBeUndefined();
      expect(result.resultMaximum).toBe(1);
    }
  });

  test("shows a grade that was changed in the platform", async () => {
    const [userId = ""] = stage.learners;
    await postScore(stage.client, scoreFor(userId));
    const { lineItemUrl: lineItem, platform } = stage;
    await platform.overrideResult({ lineItem, userId, resultScore: 33 });
    expect((await listResults(stage.client)).results).toMatchObject([{ userId, resultScore: 33 }]);
  });
});

describe("AGS 2.0 §3.3.5 Platforms may skip empty results", () => {
  const stage = useServiceStage();

  test("takes an empty list for a whole answer", async () => {
    expect(await listResults(stage.client)).toMatchObject({ results: [], complete: true });
  });
});

describe("AGS 2.0 §3.3.6 Container request filters", () => {
  const stage = useServiceStage();
  beforeEach(async () => {
    for (const userId of stage.learners.slice(0, 3)) {
      await postScore(stage.client, scoreFor(userId));
    }
    await stage.platform.resetCounts();
  });

  test("asks for one user's result and finds it alone", async () => {
    const [userId = ""] = stage.learners;
    const { results } = await listResults(stage.client, { userId });
    expect(results.map((result) => result.userId)).toEqual([userId]);
    const [request] = await stage.sent();
    expect(request?.query).toBe(new URLSearchParams({ user_id: userId }).toString());
  });

  test("finds none for a user without a result", async () => {
    const { results } = await listResults(stage.client, { userId: "nobody" });
    expect(results).toEqual([]);
  });

  test("walks the pages of a limit by their addresses", async () => {
    const rows: Result[] = [];
    const nextUrls: (string | undefined)[] = [];
    for await (const page of streamResults(stage.client, { limit: 2 })) {
      rows.push(...page.rows);
      nextUrls.push(page.nextUrl);
    }
    expect(rows.map(({ userId }) => userId)).toEqual(stage.learners.slice(0, 3));
    const [, second] = await stage.sent();
    expect(`${stage.platform.url}${second?.path}?${second?.query}`).toBe(nextUrls[0]);
    expect(nextUrls[1]).toBeUndefined();
  });
});
