/** A time of the week in which a schedule starts nothing. */
export type Blackout = {
  /** ISO weekdays on which it begins: 1 is Monday, 7 Sunday. */
  days: number[];
  /** Local times, `HH:MM`; a window that ends before it begins ends on the next day. */
  from: string;
  to: string;
};

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
  const { day, minute } = localTime(at, timeZone);
  const dayBefore = day === 1 ? 7 : day - 1;
  return (
    blackouts.find(({ days, from, to }) => {
      const [begin, end] = [minuteOf(from), minuteOf(to)];
      if (begin < end) return days.includes(day) && minute >= begin && minute < end;
      return (days.includes(day) && minute >= begin) || (days.includes(dayBefore) && minute < end);
    }) ?? null
  );
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

function localTime(at: Date, timeZone: string): { day: number; minute: number } {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(at);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? "";
  return {
    day: WEEKDAYS.indexOf(part("weekday")) + 1,
    minute: Number(part("hour")) * 60 + Number(part("minute")),
  };
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}
