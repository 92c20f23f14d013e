import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScoreCsvPreview, ScorePushResult } from "#lib/operations/scores/schema.ts";
import { startApi, type Api, type Refusal } from "#tests/support/api.ts";
import { countWaiting, createLineItem } from "./inputs.ts";

let api: Api;
let courseId: string;
let scoresPath: string;
beforeAll(async () => {
  api = await startApi();
  const lineItem = await createLineItem(api);
  courseId = lineItem.courseId;
  scoresPath = `/line-items/${lineItem.id}/scores`;
});
afterAll(() => api.stop());

const storedScores = () => countWaiting(api, courseId);

describe("a CSV of scores", () => {
  const send = <Body = Refusal>(body: string, path = "/csv", headers = {}) =>
    api.ask<Body>("POST", scoresPath + path, {
      body,
      headers: { "content-type": "text/csv", ...headers },
    });

  test("is read without storing anything", async () => {
    const before = await storedScores();
    const { status, body } = await send<ScoreCsvPreview>(
      "user_id,score\ncsv-1,5\ncsv-2,lots\n",
      "/csv/preview",
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ lines: 2, valid: 1, errorCount: 1, errors: [{ line: 3 }] });
    expect(await storedScores()).toBe(before);
  });

  test("says how many of its scores are above the maximum; extra credit is right", async () => {
    const { body } = await send<ScoreCsvPreview>(
      "user_id,score,maximum\nabove-1,120,20\nabove-2,20,20\nabove-3,,20\nabove-4,30,40\n",
      "/csv/preview",
    );
    expect(body).toMatchObject({ valid: 3, aboveMaximum: 1 });
  });

  test("is stored as a whole", async () => {
    const { status, body } = await send("user_id,score\ncsv-3,5\ncsv-4,6\n");
    expect(status).toBe(202);
    expect(body).toEqual({
      accepted: 2,
      unchanged: 0,
      refused: 0,
      notInRoster: 2,
      teachers: 0,
      runId: null,
      rows: [],
    });
  });

  test("stores nothing when a line is wrong, and says which", async () => {
    const before = await storedScores();
    const { status, body } = await send("user_id,score\ncsv-5,5\ncsv-6,lots\n");
    expect(status).toBe(422);
    expect(body.fields.csv).toEqual([expect.stringMatching(/^line 3, score/)]);
    expect(await storedScores()).toBe(before);
  });

  test("is stored once under one key, and not with another content", async () => {
    const headers = { "idempotency-key": crypto.randomUUID() };
    const first = await send("user_id,score\ncsv-7,5\n", "/csv", headers);
    expect((await send("user_id,score\ncsv-7,5\n", "/csv", headers)).body).toEqual(first.body);
    const other = await send("user_id,score\ncsv-7,6\n", "/csv", headers);
    expect(other.body.code).toBe("operation.idempotency_mismatch");
  });

  test("starts a grade sync when the address says so", async () => {
    const { body } = await send<ScorePushResult>("user_id,score\ncsv-8,5\n", "/csv?send=true");
    expect(body.runId).toEqual(expect.any(String));
    expect((await send("user_id,score\ncsv-9,5\n", "/csv?send=perhaps")).status).toBe(422);
  });
});
