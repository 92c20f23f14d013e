import { describe, expect, test } from "vitest";
import { SCOPE, ScopeMismatch, clearingScore, postScore } from "#lib/lti/index.ts";
import type { Score } from "#lib/lti/index.ts";
import { scriptedPlatform } from "#tests/lib/lti/support/scripted-platform.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";
import type { ServiceStage } from "#tests/support/service-stage.ts";

/** Posts a score for the first learner and returns the JSON that the platform got. */
async function posted(stage: ServiceStage, fields: Partial<Score> = {}) {
  await postScore(stage.client, scoreFor(stage.learners[0], fields));
  const [request] = await stage.sent({ route: "scores", last: 1 });
  return JSON.parse(request?.body ?? "") as Record<string, unknown>;
}

async function expectRefusal(stage: ServiceStage, field: string, fields: Partial<Score>) {
  const posting = postScore(stage.client, scoreFor(stage.learners[0], fields));
  await expect(posting).rejects.toMatchObject({ code: "lti.score_invalid", field });
  expect(await stage.sent()).toEqual([]);
}

describe("AGS 2.0 §3.4.1 Service endpoint", () => {
  const stage = useServiceStage({ course: { lineItemQuery: "type_id=4" } });

  test("appends /scores to the line item's path and keeps its query", async () => {
    await posted(stage);
    expect(await stage.sent()).toMatchObject([
      {
        method: "POST",
        path: `${new URL(stage.lineItemUrl).pathname}/scores`,
        query: "type_id=4",
        status: 200,
      },
    ]);
  });

  test.each([200, 201, 202, 204] as const)("takes %d for success", async (status) => {
    await stage.platform.misbehave({ kind: "score_reply", status });
    const score = scoreFor(stage.learners[0]);
    expect(await postScore(stage.client, score)).toMatchObject({ status });
  });

  test("reads the result's address where the platform tells it", async () => {
    const body = '{"resultUrl":"https://lms.example.edu/r/1"}';
    await stage.platform.misbehave({ kind: "score_reply", status: 200, body });
    const { resultUrl } = await postScore(stage.client, scoreFor(stage.learners[0]));
    expect(resultUrl).toBe("https://lms.example.edu/r/1");
  });
});

describe("AGS 2.0 §3.4.2 Score service scope and allowed http methods", () => {
  const stage = useServiceStage();

  test("posts with the scope score, and sends nothing without it", async () => {
    await posted(stage);
    await stage.platform.misbehave({ kind: "withhold_scopes", scopes: [SCOPE.score] });
    const client = await stage.connect();
    const posting = postScore(client, scoreFor(stage.learners[0]));
    await expect(posting).rejects.toThrow(ScopeMismatch);
    expect(await stage.sent({ route: "scores" })).toHaveLength(1);
  });
});

describe("AGS 2.0 §3.4.3 Score service media type and schema", () => {
  const stage = useServiceStage();

  test("names the media type, and sends the properties of the schema on one line", async () => {
    const timestamp = new Date("2017-04-16T18:54:36.736Z");
    const body = await posted(stage, { timestamp, comment: "Good\nwork" });
    expect(body).toEqual({
      userId: stage.learners[0],
      timestamp: "2017-04-16T18:54:36.736Z",
      activityProgress: "Completed",
      gradingProgress: "FullyGraded",
      scoreGiven: 8,
      scoreMaximum: 10,
      comment: "Good\nwork",
    });
    const [request] = await stage.sent();
    expect(request?.headers["content-type"]).toBe("application/vnd.ims.lis.v1.score+json");
    expect(request?.body).not.toContain("\n");
  });
});

describe("AGS 2.0 §3.4.4 scoreGiven and scoreMaximum", () => {
  const stage = useServiceStage();

  test.each([
    [0, 1],
    [1.1, 1],
    [83.25, 100],
  ])("sends %d of %d", async (scoreGiven, scoreMaximum) => {
    const body = await posted(stage, { scoreGiven, scoreMaximum });
    expect(body).toMatchObject({ scoreGiven, scoreMaximum });
  });

  test("clears the platform's value by a score without scoreGiven", async () => {
    await posted(stage);
    const body = await posted(stage, {
      timestamp: new Date(Date.now() + 1_000),
      scoreGiven: undefined,
      scoreMaximum: undefined,
    });
    expect(body).not.toHaveProperty("scoreGiven");
    const [held] = await stage.platform.scoresOf({ lineItem: stage.lineItemUrl });
    expect(held?.result).toBeUndefined();
  });

  test.each([
    ["scoreGiven", { scoreGiven: -0.1 }],
    ["scoreGiven", { scoreGiven: Number.NaN }],
    ["scoreMaximum", { scoreMaximum: 0 }],
    ["scoreMaximum", { scoreMaximum: -1 }],
    ["scoreMaximum", { scoreMaximum: undefined }],
  ])("sends no score whose %s is wrong (%j)", async (field, fields) => {
    await expectRefusal(stage, field, fields);
  });
});

describe("AGS 2.0 §3.4.5 userId", () => {
  const stage = useServiceStage();

  test("is the user's ID to the letter, and never empty", async () => {
    await expectRefusal(stage, "userId", { userId: "" });
    expect(await posted(stage)).toMatchObject({ userId: stage.learners[0] });
  });
});

describe("AGS 2.0 §3.4.6 scoringUserId", () => {
  const stage = useServiceStage();

  test("is sent where it is known, left out where not, and never empty", async () => {
    await expectRefusal(stage, "scoringUserId", { scoringUserId: "" });
    expect(await posted(stage)).not.toHaveProperty("scoringUserId");
    const timestamp = new Date(Date.now() + 1_000);
    const body = await posted(stage, { scoringUserId: "teacher", timestamp });
    expect(body).toMatchObject({ scoringUserId: "teacher" });
  });
});

describe("AGS 2.0 §3.4.7 activityProgress", () => {
  const stage = useServiceStage();

  test.each(["Initialized", "Started", "InProgress", "Submitted", "Completed"] as const)(
    "sends %s",
    async (activityProgress) => {
      expect(await posted(stage, { activityProgress })).toMatchObject({ activityProgress });
    },
  );

  test("sends no other", async () => {
    const activityProgress = "Done" as Score["activityProgress"];
    await expectRefusal(stage, "activityProgress", { activityProgress });
  });
});

describe("AGS 2.0 §3.4.8 gradingProgress", () => {
  const stage = useServiceStage();

  test.each(["FullyGraded", "Pending", "PendingManual", "Failed", "NotReady"] as const)(
    "sends %s",
    async (gradingProgress) => {
      expect(await posted(stage, { gradingProgress })).toMatchObject({ gradingProgress });
    },
  );

  test("sends no other", async () => {
    const gradingProgress = "fullygraded" as Score["gradingProgress"];
    await expectRefusal(stage, "gradingProgress", { gradingProgress });
  });
});

describe("AGS 2.0 §3.4.11 comment", () => {
  const stage = useServiceStage();

  test("is sent as plain text, and left out to clear the one before", async () => {
    const comment = 'Exceptional — 5 > 4 & "so on"';
    expect(await posted(stage, { comment })).toMatchObject({ comment });
    const timestamp = new Date(Date.now() + 1_000);
    expect(await posted(stage, { timestamp })).not.toHaveProperty("comment");
    const [held] = await stage.platform.scoresOf({ lineItem: stage.lineItemUrl });
    expect(held?.comment).toBeUndefined();
  });
});

describe("AGS 2.0 §4.5 Deleting a result", () => {
  const stage = useServiceStage();

  test("is a score with no value, Initialized and NotReady", async () => {
    await posted(stage);
    const timestamp = new Date(Date.now() + 1_000);
    const score = clearingScore({ userId: stage.learners[0] ?? "", timestamp });
    await postScore(stage.client, score);
    const [request] = await stage.sent({ last: 1 });
    expect(JSON.parse(request?.body ?? "")).toEqual({
      userId: stage.learners[0],
      timestamp: timestamp.toISOString(),
      activityProgress: "Initialized",
      gradingProgress: "NotReady",
    });
  });

  test("is never sent twice by itself, though its answer be lost", async () => {
    await using platform = await scriptedPlatform(() => "cut");
    const grades = { ...stage.endpoints.grades, lineItemUrl: `${platform.url}/l/1` };
    const client = await stage.connect({ endpoints: { grades } });
    const posting = postScore(client, scoreFor("u"));
    await expect(posting).rejects.toMatchObject({ code: "lti.unknown_outcome" });
    expect(platform.requests).toHaveLength(1);
  });
});
