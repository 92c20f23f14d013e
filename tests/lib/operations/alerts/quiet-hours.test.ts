import { expect, test } from "vitest";
import { quietUntil } from "#lib/operations/alerts/quiet-hours.ts";

test.each([
  ["2026-11-30T21:59:30.000Z", "22:00", "07:00", "UTC", null],
  ["2026-11-30T22:00:00.000Z", "22:00", "07:00", "UTC", "2026-12-01T07:00:00.000Z"],
  ["2026-11-30T06:59:59.000Z", "22:00", "07:00", "UTC", "2026-11-30T07:00:00.000Z"],
  ["2026-11-30T07:00:00.000Z", "22:00", "07:00", "UTC", null],
  ["2026-11-30T21:30:00.000Z", "22:00", "07:00", "Europe/Berlin", "2026-12-01T06:00:00.000Z"],
  ["2026-11-30T12:30:00.000Z", "12:00", "13:00", "UTC", "2026-11-30T13:00:00.000Z"],
])("quiet at %s from %s to %s in %s until %s", (at, quietFrom, quietTo, timeZone, until) => {
  const found = quietUntil({ quietFrom, quietTo, timeZone }, new Date(at));
  expect(found?.toISOString() ?? null).toBe(until);
});
