import { describe, expect, test } from "vitest";
import { batchSentence, batchTone } from "#components/runs/batches/batch-words.ts";
import { rateOf } from "#components/runs/timeline/rate.ts";
import { timelineOf } from "#components/runs/timeline/timeline-model.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

const START = Date.parse("2026-11-29T10:00:00.000Z");
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const batch = (position: number, from: number, until: number | null, rejected = 0) => ({
  position,
  state: until === null ? ("running" as const) : ("succeeded" as const),
  size: 50,
  sent: until === null ? 20 : 50 - rejected,
  rejected,
  skipped: 0,
  unknown: 0,
  startedAt: at(from),
  finishedAt: until === null ? null : at(until),
});

const span = (from: number, until: number | null) => ({
  startedAt: at(from),
  finishedAt: until === null ? null : at(until),
});

/** What the timeline reads of a run. */
function run(given: Partial<RunDetail>): RunDetail {
  const base = { kind: "grade_sync", state: "running", createdAt: at(0), startedAt: at(5) };
  const parts = { courses: [], batches: [], columns: [], tokens: [], phases: [], waits: [] };
  return { ...base, finishedAt: null, ...parts, ...given } as unknown as RunDetail;
}

const lane = (timeline: ReturnType<typeof timelineOf>, name: string) =>
  timeline.lanes.find((each) => each.name === name);

describe("a run's timeline", () => {
  test("begins when it was asked for and ends now, or when the run ended", () => {
    const phases = [
      { phase: "queued" as const, ...span(0, 5) },
      { phase: "send" as const, ...span(5, null) },
    ];
    const running = timelineOf(run({ phases }), START + 30_000);
    expect(running).toMatchObject({ from: START, to: START + 30_000 });
    expect(lane(running, "Phases")!.spans).toMatchObject([
      { from: START, to: START + 5_000, words: "In the queue", isUnderWay: false },
      { from: START + 5_000, to: START + 30_000, words: "Send scores", isUnderWay: true },
    ]);
    expect(timelineOf(run({ finishedAt: at(9) }), START + 90_000).to).toBe(START + 9_000);
  });

  test("has each wait with its reason, one that goes on until now, and none in the future", () => {
    const waits = [
      { reason: "asked to slow down", ...span(10, 14) },
      { reason: "waiting for its turn", ...span(20, null) },
      { reason: "asked to slow down", ...span(22, 90) },
    ];
    const timeline = timelineOf(run({ waits }), START + 27_000);
    const { spans } = lane(timeline, "Waits")!;
    expect(spans.map(({ from, to }) => (to - from) / 1_000)).toEqual([4, 7, 5]);
    expect(spans[0]!.words).toBe("Asked to slow down");
    expect(timeline.waits).toBe(spans);
  });

  test("lays batches that overlapped into rows of their own", () => {
    const batches = [batch(0, 5, 10), batch(1, 6, 12, 2), batch(2, 10, null)];
    const timeline = timelineOf(run({ batches }), START + 20_000);
    const rows = timeline.lanes.filter(({ name }) => name === "Batches" || name === "");
    expect(rows.map(({ spans }) => spans.map(({ key }) => key))).toEqual([
      ["batch-0", "batch-2"],
      ["batch-1"],
    ]);
    const [first, second] = rows.flatMap(({ spans }) =>
      spans.filter(({ key }) => key !== "batch-2"),
    );
    expect([first!.tone, second!.tone]).toEqual(["ok", "warn"]);
  });

  test("ends a token's life where the next one took over", () => {
    const token = (id: string, obtained: number, used: number) => ({
      id,
      fingerprint: id,
      obtainedAt: at(obtained),
      expiresAt: at(obtained + 3_600),
      evictedAt: null,
      firstUsedAt: at(used),
      cameAs: id === "a" ? ("cached" as const) : ("renewed" as const),
    });
    const tokens = [token("a", -100, 5), token("b", 18, 20)];
    const all = lane(timelineOf(run({ tokens }), START + 40_000), "Tokens")!.spans;
    const spans = all.filter(({ isMoment }) => !isMoment);
    const moments = all.filter(({ isMoment }) => isMoment);
    expect(moments.map(({ from, words }) => [from - START, words])).toEqual([
      [5_000, "Token taken from the cache: a"],
      [20_000, "Token renewed: b"],
    ]);
    expect(spans.map(({ from, to }) => [from - START, to - START])).toEqual([
      [0, 20_000],
      [18_000, 40_000],
    ]);
  });
});

describe("the rate of a run", () => {
  test("spreads what a part came to over its time, and is nothing while it stood still", () => {
    const parts = [
      { from: 0, to: 2_000, count: 20 },
      { from: 6_000, to: 7_000, count: 5 },
    ];
    const rate = rateOf(parts, [], 0, 8_000);
    expect(rate.map(({ perSecond }) => Math.round(perSecond))).toEqual([10, 10, 0, 0, 0, 0, 5, 0]);
  });

  test("is nothing while the run waited in the middle of a part", () => {
    const parts = [{ from: 0, to: 6_000, count: 20 }];
    const rate = rateOf(parts, [{ from: 2_000, to: 4_000 }], 0, 6_000);
    expect(rate.map(({ perSecond }) => perSecond)).toEqual([5, 5, 0, 0, 5, 5]);
  });

  test("adds up to what was done, however long the run was", () => {
    const parts = [
      { from: 1_300, to: 71_900, count: 640 },
      { from: 40_000, to: 40_000, count: 3 },
      { from: 60_000, to: 500_000, count: 77 },
    ];
    const waits = [
      { from: 30_000, to: 45_000 },
      { from: 300_000, to: 301_000 },
    ];
    const rate = rateOf(parts, waits, 1_000, 500_000);
    expect(rate.length).toBeLessThanOrEqual(48);
    const counted = rate.map(({ from, to, perSecond }) => ((to - from) * perSecond) / 1_000);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBeCloseTo(720, 6);
  });

  test("is not drawn before anything was done", () => {
    expect(rateOf([], [], 0, 5_000)).toEqual([]);
    expect(rateOf([{ from: 0, to: 900, count: 0 }], [], 0, 5_000)).toEqual([]);
  });
});

describe("a batch", () => {
  test("under way says what it has come to so far", () => {
    const cell = { position: 0, batch: batch(0, 5, null), isCancelled: false };
    expect(batchSentence(cell)).toBe("Batch 1: 20 of 50 scores sent, under way");
  });

  test("that a cancelled run stopped did not fail", () => {
    const stopped = { ...batch(0, 5, 9), state: "failed" as const };
    expect(batchTone({ position: 0, batch: stopped, isCancelled: true })).toBe("idle");
    expect(batchTone({ position: 0, batch: stopped, isCancelled: false })).toBe("bad");
  });
});
