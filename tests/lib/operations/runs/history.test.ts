import { describe, expect, test } from "vitest";
import { columnsOf, phasesOf, waitsOf, type PastEvent } from "#lib/operations/runs/history.ts";

const START = Date.parse("2026-11-29T10:00:00.000Z");
const moment = (seconds: number) => new Date(START + seconds * 1_000);
const at = (seconds: number) => moment(seconds).toISOString();

const event = (
  seconds: number,
  kind: string,
  detail: PastEvent["detail"] = null,
  message = kind,
): PastEvent => ({ at: moment(seconds), kind, message, detail });
const phase = (seconds: number, name: string) => event(seconds, "phase.started", { phase: name });

const lasted = (spans: { startedAt: string; finishedAt: string | null }[]) =>
  spans.map(({ startedAt, finishedAt }) => [
    (Date.parse(startedAt) - START) / 1_000,
    finishedAt === null ? null : (Date.parse(finishedAt) - START) / 1_000,
  ]);

describe("the phases of a run", () => {
  test("follow each other, and the last one goes on until the run is over", () => {
    const events = [event(2, "run.started"), phase(2, "token"), phase(3, "send")];
    const running = phasesOf(moment(0), events);
    expect(running.map((each) => each.phase)).toEqual(["queued", "token", "send"]);
    expect(lasted(running)).toEqual([
      [0, 2],
      [2, 3],
      [3, null],
    ]);
    const over = phasesOf(moment(0), [...events, event(9, "run.succeeded")]);
    expect(lasted(over).at(-1)).toEqual([3, 9]);
  });

  test("are interrupted while the run is put back, and begin again with the next attempt", () => {
    const events = [
      event(1, "run.started"),
      phase(1, "token"),
      phase(2, "fetch"),
      event(5, "run.retrying", { again: at(9) }),
      event(9, "run.resumed"),
      phase(9, "token"),
    ];
    const phases = phasesOf(moment(0), events);
    expect(phases.map((each) => each.phase)).toEqual([
      ...["queued", "token", "fetch", "stopped", "token"],
    ]);
    expect(lasted(phases).slice(2)).toEqual([
      [2, 5],
      [5, 9],
      [9, null],
    ]);
  });

  test("go on through a wait within the attempt", () => {
    const wait = event(3, "run.waiting", { until: at(7) });
    const phases = phasesOf(moment(0), [event(1, "run.started"), phase(1, "send"), wait]);
    expect(lasted(phases)).toEqual([
      [0, 1],
      [1, null],
    ]);
  });
});

describe("the waits of a run", () => {
  test("last as long as was set, unless they were ended before", () => {
    const words = `waiting until ${at(20)}: too many requests`;
    const events = [
      event(3, "run.waiting", { until: at(7) }, `waiting until ${at(7)}: too many requests`),
      event(12, "run.waiting", { until: at(20) }, words),
      event(15, "run.wait_over", null, "goes on after a wait: too many requests"),
    ];
    expect(waitsOf(events).map(({ reason }) => reason)).toEqual([
      "too many requests",
      "too many requests",
    ]);
    expect(lasted(waitsOf(events))).toEqual([
      [3, 7],
      [12, 15],
    ]);
  });

  test("for a turn, a pause or another attempt last until the run goes on", () => {
    const events = [
      event(2, "run.waiting", null, "waiting for its turn"),
      event(6, "run.wait_over", null, "goes on after a wait: waiting for its turn"),
      event(8, "run.paused", null, "paused: by Ada"),
      event(10, "run.queued"),
      event(11, "run.resumed"),
      event(
        14,
        "run.retrying",
        { again: at(30) },
        `attempt 1 ended: no answer; again at ${at(30)}`,
      ),
    ];
    const waits = waitsOf(events);
    expect(lasted(waits)).toEqual([
      [2, 6],
      [8, 10],
      [10, 11],
      [14, null],
    ]);
    expect(waits.at(-1)!.reason).toBe("no answer");
  });

  test("end where the run is over", () => {
    const wait = event(3, "run.waiting", { until: at(30) });
    expect(lasted(waitsOf([wait, event(5, "run.cancelled")]))).toEqual([[3, 5]]);
  });
});

test("columns have the time they took, whether they could be read or not", () => {
  const facts = { lineItemId: "a", courseId: "c", label: "Essay", startedAt: at(1), scores: 12 };
  const columns = columnsOf([
    event(4, "column.read", facts),
    event(9, "column.unreadable", { ...facts, lineItemId: "b", startedAt: at(5) }),
    event(10, "column.unreadable", { lineItemId: "of an earlier version" }),
  ]);
  expect(columns.map(({ state, scores }) => [state, scores])).toEqual([
    ["succeeded", 12],
    ["failed", 12],
  ]);
  expect(lasted(columns)).toEqual([
    [1, 4],
    [5, 9],
  ]);
});
