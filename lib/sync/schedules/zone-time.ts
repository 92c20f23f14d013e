const DAY_MS = 86_400_000;
const FORMATS = new Map<string, Intl.DateTimeFormat>();

/** What calendar and clock show in a zone: a date such as `2026-11-30`, and minutes since midnight. */
export type WallTime = { date: string; minute: number };

export function wallTime(at: Date, timeZone: string): WallTime {
  const format = FORMATS.get(timeZone) ?? formatOf(timeZone);
  FORMATS.set(timeZone, format);
  const parts = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return {
    date: `${parts.year}-${parts.month}-${parts.day}`,
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/**
 * The moment at which a zone's clock shows this. Where the clocks are put back the first of two; of
 * a time that they skip, as long after the change as it is after the time at which they change.
 */
export function momentOf({ date, minute }: WallTime, timeZone: string): Date {
  const asUtc = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  const before = offsetMs(new Date(asUtc - DAY_MS), timeZone);
  const after = offsetMs(new Date(asUtc + DAY_MS), timeZone);
  const candidates = [asUtc - before, asUtc - after];
  const shown = candidates.find((at) => at + offsetMs(new Date(at), timeZone) === asUtc);
  return new Date(shown ?? asUtc - before);
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** ISO weekday: 1 is Monday, 7 Sunday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function offsetMs(at: Date, timeZone: string): number {
  const { date, minute } = wallTime(at, timeZone);
  const shown = Date.parse(`${date}T00:00:00Z`) + minute * 60_000;
  return shown - Math.floor(at.getTime() / 60_000) * 60_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
}
