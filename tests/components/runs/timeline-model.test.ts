import { describe, expect, test } from "vitest";
import { batchSentence, batchTone } from "#components/runs/batches/batch-words.ts";
import { timelineOf } from "#components/runs/timeline/timeline-model.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";

const START = Date.parse("2026-11-29T10:00:00.000Z");
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

const batch = (position: number, from: number, until: number | null, rejected = 0) => ({
  position,
  state: until === null ? ("running" as const) : ("succeeded" as const),
  size: 50,
  sent: until === null ? 0 : 50 - rejected,
  rejected,
  skipped: 0,
  unknown: 0,
  startedAt: at(from),
  finishedAt: until === null ? null : at(until),
});

const event = (
  id: string,
  seconds: number,
  kind: string,
  detail: RunDetail["events"][0]["detail"] = null,
) => ({
  id,
  at: at(seconds),
  level: "info" as const,
  kind,
  message: `${kind} happened`,
  detail,
});

/** What the timeline reads of a run. */
function run(given: Partial<RunDetail>): RunDetail {
  const base = { kind: "grade_sync", state: "running", createdAt: at(0), startedAt: at(5) };
  const parts = { finishedAt: null, courses: [], batches: [], events: [], tokens: [] };
  return { ...base, ...parts, ...given } as unknown as RunDetail;
}

const lane = (timeline: ReturnType<typeof timelineOf>, name: string) =>
  timeline.lanes.find((each) => each.name === name);

describe("a run's timeline", () => {
  test("begins with the wait in the queue and ends now, or when the run ended", () => {
    const running = timelineOf(run({}), START + 30_000);
    expect(running).toMatchObject({ from: START, to: START + 30_000 });
    expect(lane(running, "Waits")!.spans).toMatchObject([{ from: START, to: START + 5_000 }]);
    expect(timelineOf(run({ finishedAt: at(9) }), START + 90_000).to).toBe(START + 9_000);
  });

  test("has a wait as long as it was told, and one without a length until the run went on", () => {
    const events = [
      event("1", 10, "run.waiting", { ms: 4_000 }),
      event("2", 20, "run.waiting"),
      event("3", 27, "run.resumed"),
    ];
    const { spans } = lane(timelineOf(run({ events }), START + 60_000), "Waits")!;
    const lengths = spans.slice(1).map(({ from, to }) => (to - from) / 1_000);
    expect(lengths).toEqual([4, 7]);
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
    expect(timeline.progress.map(({ done }) => done)).toEqual([0, 50, 100]);
  });

  test("ends a token's life where the next one took over", () => {
    const token = (id: string, obtained: number, used: number) => ({
      id,
      fingerprint: id,
      obtainedAt: at(obtained),
      expiresAt: at(obtained + 3_600),
      evictedAt: null,
      firstUsedAt: at(used),
    });
    const tokens = [token("a", -100, 5), token("b", 18, 20)];
    const { spans } = lane(timelineOf(run({ tokens }), START + 40_000), "Tokens")!;
    expect(spans.map(({ from, to }) => [from - START, to - START])).toEqual([
      [0, 20_000],
      [18_000, 40_000],
    ]);
  });
});

describe("a batch", () => {
  test("under way claims no counts: they are written when it ends", () => {
    const cell = { position: 0, batch: batch(0, 5, null), isCancelled: false };
    expect(batchSentence(cell)).toBe("Batch 1: 50 scores, under way");
  });

  test("that a cancelled run stopped did not fail", () => {
    const stopped = { ...batch(0, 5, 9), state: "failed" as const };
    expect(batchTone({ position: 0, batch: stopped, isCancelled: true })).toBe("idle");
    expect(batchTone({ position: 0, batch: stopped, isCancelled: false })).toBe("bad");
  });
});
