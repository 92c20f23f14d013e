const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export type QuietHours = { quietFrom: string | null; quietTo: string | null; timeZone: string };

/**
 * When quiet hours that hold now end; null outside of them. They may go over midnight. A change of
 * the clock within them is seen when the message is due and the question is asked again.
 */
export function quietUntil(hours: QuietHours, now: Date): Date | null {
  const { quietFrom, quietTo, timeZone } = hours;
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return null;
  const [from, to, at] = [minutesOf(quietFrom), minutesOf(quietTo), minutesIn(timeZone, now)];
  const since = (at - from + DAY_MINUTES) % DAY_MINUTES;
  const length = (to - from + DAY_MINUTES) % DAY_MINUTES;
  if (since >= length) return null;
  const wholeMinute = Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS;
  return new Date(wholeMinute + (length - since) * MINUTE_MS);
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

function minutesIn(timeZone: string, at: Date): number {
  const shape = { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
  return minutesOf(new Intl.DateTimeFormat("en-GB", shape).format(at));
}
