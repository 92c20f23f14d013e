import { describe, expect, test } from "vitest";
import { momentOf, wallTime } from "#lib/sync/schedules/zone-time.ts";

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
    for (let hour = 0; hour < 8_760; hour++) {
      const at = new Date(Date.UTC(2026, 0, 1, hour));
      const { date, minute } = wallTime(at, "America/New_York");
      expect(wallTime(momentOf({ date, minute }, "America/New_York"), "America/New_York")).toEqual({
        date,
        minute,
      });
    }
  });
});
