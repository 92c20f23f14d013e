import { describe, expect, test } from "vitest";
import { blackoutsIn } from "#lib/operations/schedules/week/week-blackouts.ts";
import { momentOf } from "#lib/sync/schedules/zone-time.ts";

const week = (monday: string, timeZone: string) => {
  const next = new Date(Date.parse(`${monday}T00:00:00Z`) + 7 * 86_400_000);
  return {
    startsAt: momentOf({ date: monday, minute: 0 }, timeZone),
    endsAt: momentOf({ date: next.toISOString().slice(0, 10), minute: 0 }, timeZone),
  };
};

const shown = (blackouts: ReturnType<typeof blackoutsIn>) =>
  blackouts.map(({ from, until }) => [from.slice(0, 16), until.slice(0, 16)]);

describe("blackouts of a week", () => {
  test("by their own zone, in the reader's week", () => {
    const office = { days: [1, 5], from: "08:00", to: "18:00" };
    const schedules = [{ blackouts: [office], timeZone: "America/New_York" }];
    expect(shown(blackoutsIn(week("2026-11-30", "Europe/Berlin"), schedules))).toEqual([
      ["2026-11-30T13:00", "2026-11-30T23:00"],
      ["2026-12-04T13:00", "2026-12-04T23:00"],
    ]);
  });

  test("over midnight, cut where the week begins and ends", () => {
    const night = { days: [7], from: "22:00", to: "06:00" };
    const schedules = [{ blackouts: [night], timeZone: "UTC" }];
    expect(shown(blackoutsIn(week("2026-11-30", "UTC"), schedules))).toEqual([
      ["2026-11-30T00:00", "2026-11-30T06:00"],
      ["2026-12-06T22:00", "2026-12-07T00:00"],
    ]);
  });

  test("of dates, the last day included, and shared ones once", () => {
    const exams = { firstDay: "2026-12-01", lastDay: "2026-12-02" };
    const schedules = [
      { blackouts: [exams], timeZone: "UTC" },
      { blackouts: [exams], timeZone: "UTC" },
    ];
    const blackouts = blackoutsIn(week("2026-11-30", "UTC"), schedules);
    expect(blackouts).toEqual([
      {
        from: "2026-12-01T00:00:00.000Z",
        until: "2026-12-03T00:00:00.000Z",
        words: "2026-12-01 to 2026-12-02 (UTC)",
        schedules: 2,
      },
    ]);
    expect(blackoutsIn(week("2026-12-07", "UTC"), schedules)).toEqual([]);
  });
});
