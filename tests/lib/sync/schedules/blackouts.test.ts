import { describe, expect, test } from "vitest";
import { blackoutAt, lastsUntil } from "#lib/sync/schedules/blackout.ts";
import { startTime } from "#lib/sync/schedules/start-time.ts";

const NIGHT = { days: [5], from: "22:00", to: "06:00" };
const OFFICE = { days: [1, 2, 3, 4, 5], from: "08:00", to: "18:00" };
/** Over the hour that Berlin skips on 29 March 2026 and repeats on 25 October. */
const SUNDAY = { days: [7], from: "02:30", to: "04:00" };

describe("a blackout", () => {
  test.each([
    ["begins at its first minute", OFFICE, "2026-11-25T07:00:00Z", true],
    ["has not begun a minute before", OFFICE, "2026-11-25T06:59:59Z", false],
    ["is over at its end", OFFICE, "2026-11-25T17:00:00Z", false],
    ["leaves other days alone", OFFICE, "2026-11-28T10:00:00Z", false],
    ["over midnight covers the evening", NIGHT, "2026-11-27T21:00:00Z", true],
    ["over midnight covers the next morning", NIGHT, "2026-11-28T04:59:00Z", true],
    ["over midnight ends in the morning", NIGHT, "2026-11-28T05:00:00Z", false],
    ["over midnight does not begin the day before", NIGHT, "2026-11-27T03:00:00Z", false],
    [
      "waits for its local time before the clocks go forward",
      SUNDAY,
      "2026-03-29T00:59:00Z",
      false,
    ],
    ["has begun when the clocks went over its start", SUNDAY, "2026-03-29T01:00:00Z", true],
    ["ends by the new time", SUNDAY, "2026-03-29T02:00:00Z", false],
    ["covers the hour that comes twice, first", SUNDAY, "2026-10-25T00:30:00Z", true],
    ["covers the hour that comes twice, again", SUNDAY, "2026-10-25T01:30:00Z", true],
    ["ends after the clocks went back", SUNDAY, "2026-10-25T03:00:00Z", false],
  ])("%s", (_, blackout, at, isInside) => {
    expect(blackoutAt([blackout], new Date(at), "Europe/Berlin") !== null).toBe(isInside);
  });

  test("is meant by the clock of its own zone", () => {
    const at = new Date("2026-11-25T20:00:00Z");
    expect(blackoutAt([OFFICE], at, "America/Los_Angeles")).toBe(OFFICE);
    expect(blackoutAt([OFFICE], at, "Asia/Tokyo")).toBeNull();
  });
});

describe("a blackout of dates", () => {
  const EXAMS = { firstDay: "2026-12-19", lastDay: "2027-01-06" };

  test.each([
    ["begins with its first day, by the clock of the zone", "2026-12-18T23:00:00Z", true],
    ["has not begun before", "2026-12-18T22:59:59Z", false],
    ["covers its last day", "2027-01-06T22:59:00Z", true],
    ["is over after it", "2027-01-06T23:00:00Z", false],
  ])("%s", (_, at, isInside) => {
    expect(blackoutAt([EXAMS], new Date(at), "Europe/Berlin") !== null).toBe(isInside);
  });

  test("lasts at least until what it is passed over to", () => {
    for (const blackout of [EXAMS, { days: [7], from: "22:00", to: "08:00" }])
      for (const timeZone of ["Pacific/Kiritimati", "America/Los_Angeles", "Europe/Berlin"]) {
        const begun = new Date("2026-12-20T23:30:00Z");
        if (!blackoutAt([blackout], begun, timeZone)) continue;
        const until = lastsUntil(blackout, begun, timeZone);
        const last = new Date(until.getTime() - 1);
        expect(until.getTime()).toBeGreaterThanOrEqual(begun.getTime());
        if (until > begun) expect(blackoutAt([blackout], last, timeZone)).toBe(blackout);
      }
  });
});

describe("the start of a scheduled run", () => {
  const spread = { jitterSeconds: 3_600, blackouts: [], timeZone: "Europe/Berlin" };
  const now = new Date("2026-11-25T06:50:00Z");

  test.each([
    ["at once without a spread", { jitterSeconds: 0 }, 0.9, 0],
    ["somewhere in its spread", {}, 0.5, 1_800],
    ["before a blackout that begins in its spread", { blackouts: [OFFICE] }, 0.999, 540],
  ])("is %s", (_, given, random, seconds) => {
    const at = startTime({ ...spread, ...given, now, random: () => random });
    expect(Math.round((at.getTime() - now.getTime()) / 60_000)).toBe(Math.round(seconds / 60));
  });
});
