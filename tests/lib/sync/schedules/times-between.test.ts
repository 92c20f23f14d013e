import { CronExpressionParser } from "cron-parser";
import { expect, test } from "vitest";
import { timesBetween } from "#lib/sync/schedules/times-between.ts";

/** One by one, as the scheduler does. */
function reckoned(cron: string, { timeZone, from, count }: Parameters<Reckon>[1]): Date[] {
  const interval = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: from });
  return interval.take(count).map((next) => next.toDate());
}
type Reckon = Parameters<typeof timesBetween>[2];

const never: Reckon = () => {
  throw new Error("it is not asked");
};

const WEEKS = ["2026-11-30T00:00:00Z", "2026-02-26T17:20:00Z"];

test.each([
  ...["0 2 * * *", "*/15 * * * 1-5", "30 1,13 * * mon-fri", "0 3 * * 0", "0 3 * * 7"],
  ...["15 4 1,28 * *", "15 4 1 * wed", "0 0 1 1 *", "5 */6 * feb-mar sat"],
])("“%s” comes as often as the scheduler says", (cron) => {
  for (const timeZone of ["UTC", "Europe/Berlin", "Asia/Kathmandu", "America/New_York"])
    for (const week of WEEKS) {
      const from = new Date(week);
      const until = new Date(from.getTime() + 7 * 86_400_000);
      const all = reckoned(cron, { timeZone, from, count: 500 }).filter((at) => at < until);
      expect(timesBetween({ cron, timeZone }, { from, until, most: 1_000 }, never)).toEqual({
        times: all,
        isCut: false,
      });
    }
});

test("a time that the clocks skip or repeat comes as the scheduler says", () => {
  for (const day of ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"]) {
    const from = new Date(day);
    const until = new Date(from.getTime() + 86_400_000);
    const nightly = { cron: "30 2 * * *", timeZone: "Europe/Berlin" };
    const { times } = timesBetween(nightly, { from, until, most: 10 }, never);
    expect(times).toEqual(reckoned(nightly.cron, { ...nightly, from, count: 1 }));
  }
});

test("the last day of a month is left to the scheduler, and a schedule of every minute is cut", () => {
  const from = new Date("2026-11-27T00:00:00Z");
  const until = new Date(from.getTime() + 7 * 86_400_000);
  const last = { cron: "0 2 L * *", timeZone: "UTC" };
  expect(timesBetween(last, { from, until, most: 100 }, reckoned)).toEqual({
    times: [new Date("2026-11-30T02:00:00Z")],
    isCut: false,
  });
  const often = { cron: "* * * * *", timeZone: "UTC" };
  const { times, isCut } = timesBetween(often, { from, until, most: 700 }, never);
  expect([times.length, isCut]).toEqual([700, true]);
});
