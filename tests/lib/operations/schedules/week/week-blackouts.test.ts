import { describe, expect, test } from "vitest";
import { blackoutsIn } from "#lib/operations/schedules/week/week-blackouts.ts";
import { momentOf, wallTime } from "#lib/sync/schedules/zone-time.ts";

const week = (monday: string, timeZone: string) => {
  const next = new Date(Date.parse(`${monday}T00:00:00Z`) + 7 * 86_400_000);
  return {
    startsAt: momentOf({ date: monday, minute: 0 }, timeZone),
    endsAt: momentOf({ date: next.toISOString().slice(0, 10), minute: 0 }, timeZone),
  };
};

const shown = (blackouts: ReturnType<typeof blackoutsIn>) =>
  blackouts.map(({ from, until }) => [from.slice(0, 16), until.slice(0, 16)]);

describe("the moment of a wall clock's time", () => {
  test.each([
    ["2026-11-30", 120, "Europe/Berlin", "2026-11-30T01:00:00.000Z"],
    ["2026-07-01", 120, "Europe/Berlin", "2026-07-01T00:00:00.000Z"],
    ["2026-11-30", 0, "Asia/Kolkata", "2026-11-29T18:30:00.000Z"],
    ["2026-11-30", 0, "Pacific/Kiritimati", "2026-11-29T10:00:00.000Z"],
    // Put back at 03:00: the first 02:30. Put forward at 02:00: 02:30 is not there.
    ["2026-10-25", 150, "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-03-29", 150, "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ])("%s, minute %i in %s is %s", (date, minute, timeZone, at) => {
    expect(momentOf({ date, minute }, timeZone).toISOString()).toBe(at);
  });

  test("and back is the same, for each hour of a year", () => {
    for (let hour = 0; hour < 8_760; hour += 5) {
      const at = new Date(Date.UTC(2026, 0, 1, hour));
      const { date, minute } = wallTime(at, "America/New_York");
      expect(wallTime(momentOf({ date, minute }, "America/New_York"), "America/New_York")).toEqual({
        date,
        minute,
      });
    }
  });
});

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
