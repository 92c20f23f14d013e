import { formatBlackout } from "#lib/format.ts";
import { addDays, momentOf, weekdayOf } from "#lib/sync/index.ts";
import type { Blackout } from "../schema.ts";
import type { CalendarBlackout } from "./week-schema.ts";

type Week = { startsAt: Date; endsAt: Date };
export type Blacked = { blackouts: readonly Blackout[]; timeZone: string };

/** The blackouts of schedules as times of one week; what several schedules share is there once. */
export function blackoutsIn(week: Week, schedules: readonly Blacked[]): CalendarBlackout[] {
  const shared = new Map<string, { blackout: Blackout; timeZone: string; schedules: number }>();
  for (const { blackouts, timeZone } of schedules)
    for (const blackout of blackouts) {
      const words = `${formatBlackout(blackout)} (${timeZone})`;
      const known = shared.get(words);
      if (known) known.schedules += 1;
      else shared.set(words, { blackout, timeZone, schedules: 1 });
    }
  return [...shared]
    .flatMap(([words, { blackout, timeZone, schedules: count }]) =>
      timesOf(blackout, timeZone, week).map(({ from, until }) => ({
        from: from.toISOString(),
        until: until.toISOString(),
        words,
        schedules: count,
      })),
    )
    .sort((a, b) => a.from.localeCompare(b.from) || a.words.localeCompare(b.words));
}

function timesOf(blackout: Blackout, timeZone: string, { startsAt, endsAt }: Week) {
  const times =
    "firstDay" in blackout ? [daysOf(blackout, timeZone)] : weekly(blackout, timeZone, startsAt);
  return times
    .filter(({ from, until }) => from < endsAt && until > startsAt)
    .map(({ from, until }) => ({
      from: from < startsAt ? startsAt : from,
      until: until > endsAt ? endsAt : until,
    }));
}

function daysOf({ firstDay, lastDay }: Extract<Blackout, { firstDay: string }>, timeZone: string) {
  return {
    from: momentOf({ date: firstDay, minute: 0 }, timeZone),
    until: momentOf({ date: addDays(lastDay, 1), minute: 0 }, timeZone),
  };
}

/** From the day before on: one that begins there may reach over midnight, or over a border of zones. */
function weekly(
  { days, from, to }: Extract<Blackout, { days: number[] }>,
  timeZone: string,
  startsAt: Date,
) {
  const first = addDays(startsAt.toISOString().slice(0, 10), -2);
  const dates = Array.from({ length: 11 }, (_, index) => addDays(first, index));
  const overMidnight = to < from ? 1 : 0;
  return dates
    .filter((date) => days.includes(weekdayOf(date)))
    .map((date) => ({
      from: momentOf({ date, minute: minuteOf(from) }, timeZone),
      until: momentOf({ date: addDays(date, overMidnight), minute: minuteOf(to) }, timeZone),
    }));
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
