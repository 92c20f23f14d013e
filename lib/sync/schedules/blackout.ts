import { wallTime, weekdayOf } from "./zone-time.ts";

/** A time of the week in which a schedule starts nothing. */
export type WeeklyBlackout = {
  /** ISO weekdays on which it begins: 1 is Monday, 7 Sunday. */
  days: number[];
  /** Local times, `HH:MM`; a window that ends before it begins ends on the next day. */
  from: string;
  to: string;
};

/** Whole days in which a schedule starts nothing, such as exam weeks; the last is part of it. */
export type DatedBlackout = { firstDay: string; lastDay: string };

export type Blackout = WeeklyBlackout | DatedBlackout;

type LocalTime = { date: string; day: number; minute: number };

/**
 * The window a moment falls into, by the local clock of the zone; null outside all of them.
 *
 * A moment is turned into its local time, never the other way round, so an hour that a change
 * of the clocks skips or repeats needs no rule of its own.
 */
export function blackoutAt(
  blackouts: readonly Blackout[],
  at: Date,
  timeZone: string,
): Blackout | null {
  if (blackouts.length === 0) return null;
  const local = localTime(at, timeZone);
  return blackouts.find((each) => isWithin(each, local)) ?? null;
}

function isWithin(blackout: Blackout, { date, day, minute }: LocalTime): boolean {
  if ("firstDay" in blackout) return date >= blackout.firstDay && date <= blackout.lastDay;
  const { days, from, to } = blackout;
  const [begin, end] = [minuteOf(from), minuteOf(to)];
  const dayBefore = day === 1 ? 7 : day - 1;
  if (begin < end) return days.includes(day) && minute >= begin && minute < end;
  return (days.includes(day) && minute >= begin) || (days.includes(dayBefore) && minute < end);
}

const HOUR_MS = 3_600_000;
// No zone is further than this from UTC; no change of the clocks is longer than an hour.
const WIDEST_OFFSET_MS = 15 * HOUR_MS;

/** A moment until which the blackout certainly lasts: not its end to the minute, never after it. */
export function lastsUntil(blackout: Blackout, at: Date, timeZone: string): Date {
  if ("firstDay" in blackout) {
    const end = Date.parse(`${blackout.lastDay}T24:00:00Z`) - WIDEST_OFFSET_MS;
    return new Date(Math.max(at.getTime(), end));
  }
  const { minute } = localTime(at, timeZone);
  const left = (minuteOf(blackout.to) - minute + 1440) % 1440 || 1440;
  return new Date(Math.max(at.getTime(), at.getTime() + left * 60_000 - HOUR_MS));
}

/** What the clock on the wall shows. */
function localTime(at: Date, timeZone: string): LocalTime {
  const time = wallTime(at, timeZone);
  return { ...time, day: weekdayOf(time.date) };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
