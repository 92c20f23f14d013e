import type { ScheduleWeek } from "#lib/operations/schedules/week/week-schema.ts";

const HOUR_MS = 3_600_000;

/** `Mon 30 Nov`. */
export function dayName(date: string): string {
  return formatDate(date, { weekday: "short", day: "numeric", month: "short" }).replace(",", "");
}

/** `30 November to 6 December 2026`. */
export function weekName({ days }: Pick<ScheduleWeek, "days">): string {
  const first = formatDate(days[0]!.date, { day: "numeric", month: "long" });
  const last = formatDate(days.at(-1)!.date, { day: "numeric", month: "long", year: "numeric" });
  return `${first} to ${last}`;
}

function formatDate(date: string, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * HOUR_MS).toISOString().slice(0, 10);
}

/**
 * From when to when an hour of a day lasts by the clock of the week's zone; undefined for one that the
 * clocks skip. An hour that they repeat is twice as long.
 */
export function hourOf({ days, timeZone }: ScheduleWeek, date: string, hour: number) {
  const day = days.find((each) => each.date === date);
  if (!day) return undefined;
  const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone });
  const quarters = quartersOf(day).filter((at) => Number(format.format(at)) === hour);
  const [first] = quarters;
  return first === undefined ? undefined : { from: first, until: quarters.at(-1)! + HOUR_MS / 4 };
}

/** No change of clocks is by less than a quarter of an hour, nor at another moment. */
function quartersOf({ startsAt, endsAt }: ScheduleWeek["days"][number]): number[] {
  const from = Date.parse(startsAt);
  const count = Math.round((Date.parse(endsAt) - from) / (HOUR_MS / 4));
  return Array.from({ length: count }, (_, index) => from + index * (HOUR_MS / 4));
}
