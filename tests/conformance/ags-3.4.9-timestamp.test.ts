import { describe, expect, test } from "vitest";
import { TimestampConflict, laterTimestamp, postScore } from "#lib/lti/index.ts";
import { scoreFor, useServiceStage } from "#tests/support/service-stage.ts";

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

describe("AGS 2.0 §3.4.9 timestamp", () => {
  const stage = useServiceStage();

  test("is ISO 8601 with milliseconds and a zone, on whole seconds too", async () => {
    const timestamp = new Date("2017-04-16T18:54:36Z");
    await postScore(stage.client, scoreFor(stage.learners[0], { timestamp }));
    const [request] = await stage.sent();
    const sent = JSON.parse(request?.body ?? "") as { timestamp: string };
    expect(sent.timestamp).toMatch(ISO);
    expect(new Date(sent.timestamp)).toEqual(timestamp);
  });

  test("rises strictly with every score of a user, though the clock stand still", async () => {
    const now = new Date();
    let last: Date | undefined;
    for (let turn = 0; turn < 3; turn++) {
      last = laterTimestamp(last, now, 1);
      const fields = { timestamp: last, scoreGiven: turn };
      await postScore(stage.client, scoreFor(stage.learners[0], fields));
    }
    const [held] = await stage.platform.scoresOf({ lineItem: stage.lineItemUrl });
    expect(held?.history).toHaveLength(3);
    expect(held?.history).toEqual([...new Set(held?.history)].sort());
  });

  test("is reported when the platform holds one as new, and not sent again", async () => {
    const timestamp = new Date();
    const score = scoreFor(stage.learners[0], { timestamp });
    await postScore(stage.client, score);
    await expect(postScore(stage.client, score)).rejects.toThrow(TimestampConflict);
    expect(await stage.sent()).toHaveLength(2);
  });

  test("is not sent where it is no date", async () => {
    const score = scoreFor(stage.learners[0], { timestamp: new Date("soon") });
    await expect(postScore(stage.client, score)).rejects.toMatchObject({ field: "timestamp" });
    expect(await stage.sent()).toEqual([]);
  });
});

describe("AGS 2.0 §3.4.10 submission", () => {
  const stage = useServiceStage();
  const startedAt = new Date("2017-03-13T16:12:27Z");
  const submittedAt = new Date("2017-03-14T18:42:15Z");

  test("sends startedAt and submittedAt with sub-second precision and a zone", async () => {
    const submission = { startedAt, submittedAt };
    await postScore(stage.client, scoreFor(stage.learners[0], { submission }));
    const [request] = await stage.sent();
    expect(JSON.parse(request?.body ?? "")).toMatchObject({
      submission: {
        startedAt: "2017-03-13T16:12:27.000Z",
        submittedAt: "2017-03-14T18:42:15.000Z",
      },
    });
  });

  test("sends either alone", async () => {
    const score = scoreFor(stage.learners[0], { submission: { submittedAt } });
    await postScore(stage.client, score);
    const [request] = await stage.sent();
    expect(JSON.parse(request?.body ?? "")).toHaveProperty("submission", {
      submittedAt: "2017-03-14T18:42:15.000Z",
    });
  });

  test("takes the same moment for both, and sends none that ends before it began", async () => {
    const same = { startedAt, submittedAt: startedAt };
    await postScore(stage.client, scoreFor(stage.learners[0], { submission: same }));
    const turned = { startedAt: submittedAt, submittedAt: startedAt };
    const posting = postScore(stage.client, scoreFor(stage.learners[1], { submission: turned }));
    await expect(posting).rejects.toMatchObject({ field: "submission" });
    expect(await stage.sent()).toHaveLength(1);
  });
});
