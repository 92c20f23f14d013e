import { CronExpressionParser } from "cron-parser";
import { addDays, momentOf, wallTime, weekdayOf } from "./zone-time.ts";

type Recurrence = { cron: string; timeZone: string };
type Between = { from: Date; until: Date; most: number };

/**
 * The times of a schedule after `from` and before `until`, a hundred times faster than the scheduler
 * calculates them one by one; `isCut` where there are more than `most`. For an expression that counts
 * days from the end of a month, or weekdays within one, `calculate` is asked.
 */
export function timesBetween(
  { cron, timeZone }: Recurrence,
  { from, until, most }: Between,
  calculate: (cron: string, of: { timeZone: string; from: Date; count: number }) => Date[],
): { times: Date[]; isCut: boolean } {
  const { fields } = CronExpressionParser.parse(cron, { tz: timeZone });
  if (/[L#W]/i.test(daysOf(cron))) {
    const times = calculate(cron, { timeZone, from, count: Math.min(most, MOST_CALCULATED) });
    const within = times.filter((at) => at < until);
    return { times: within, isCut: within.length === times.length };
  }
  const isDue = dueOn(fields);
  const times: Date[] = [];
  const last = wallTime(until, timeZone).date;
  for (let date = wallTime(from, timeZone).date; date <= last; date = addDays(date, 1)) {
    if (!isDue(date)) continue;
    for (const hours of fields.hour.values as number[])
      for (const minutes of fields.minute.values as number[]) {
        const at = momentOf({ date, minute: hours * 60 + minutes }, timeZone);
        if (at <= from || at >= until) continue;
        if (times.length === most) return { times, isCut: true };
        times.push(at);
      }
  }
  return { times, isCut: false };
}

/** With as many days of a week in it, such an expression has no more. */
const MOST_CALCULATED = 64;

function daysOf(cron: string): string {
  const [, , dayOfMonth = "", , dayOfWeek = ""] = cron.split(/\s+/);
  // Names of days and months have these letters too.
  return `${dayOfMonth} ${dayOfWeek}`.replace(/[a-z]{2,}/gi, "");
}

type Days = Pick<
  ReturnType<typeof CronExpressionParser.parse>["fields"],
  "dayOfMonth" | "month" | "dayOfWeek"
>;

/** Where both the day of the month and of the week are limited, either is enough. */
function dueOn({ dayOfMonth, month, dayOfWeek }: Days): (date: string) => boolean {
  const has = (field: { values: readonly unknown[] }, value: number) =>
    field.values.includes(value);
  return (date) => {
    const [, ofYear = 0, ofMonth = 0] = date.split("-").map(Number);
    if (!has(month, ofYear)) return false;
    const byMonth = has(dayOfMonth, ofMonth);
    const byWeek = has(dayOfWeek, weekdayOf(date) % 7);
    const isEither = !dayOfMonth.isWildcard && !dayOfWeek.isWildcard;
    return isEither ? byMonth || byWeek : byMonth && byWeek;
  };
}
