/** Something counted over a time; `to` is now where it goes on. Milliseconds since the epoch. */
export type CountedPart = { from: number; to: number; count: number };

/** Units per second in one slice of a run's time. */
export type RatePoint = { from: number; to: number; perSecond: number };

const SLICES = 48;
const SHORTEST_MS = 1_000;

type Time = { from: number; to: number };

/**
 * How fast a run went over its time, from its parts: what a part came to is spread evenly over the
 * time that it took, less that in which the run waited. A slice without any is a standstill.
 */
export function rateOf(
  parts: readonly CountedPart[],
  waits: readonly Time[],
  from: number,
  to: number,
): RatePoint[] {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || to <= from) return [];
  const width = Math.max((to - from) / SLICES, SHORTEST_MS);
  const counts = Array.from({ length: Math.max(1, Math.ceil((to - from) / width)) }, () => 0);
  for (const part of parts) {
    const times = without(part, waits);
    const length = times.reduce((sum, time) => sum + time.to - time.from, 0);
    for (const time of times)
      spread(counts, time, { from, width }, (part.count * (time.to - time.from)) / length);
  }
  return counts.map((count, slice) => {
    const begin = from + slice * width;
    const end = Math.min(to, begin + width);
    return { from: begin, to: end, perSecond: (count * 1_000) / Math.max(1, end - begin) };
  });
}

/** Adds a count to the slices that its time lies in. */
function spread(
  counts: number[],
  time: Time,
  { from, width }: { from: number; width: number },
  count: number,
): void {
  const slice = (at: number) =>
    Math.min(counts.length - 1, Math.max(0, Math.floor((at - from) / width)));
  for (let each = slice(time.from); each <= slice(time.to - 1); each++) {
    const begin = Math.max(time.from, from + each * width);
    const end = Math.min(time.to, from + (each + 1) * width);
    counts[each]! += (count * Math.max(0, end - begin)) / (time.to - time.from);
  }
}

/** What is left of a time without others; all of it where nothing would be left. */
function without({ from, to }: Time, others: readonly Time[]): Time[] {
  const whole = { from, to: Math.max(to, from + 1) };
  const left = others.reduce<Time[]>(
    (times, other) =>
      times.flatMap((time) =>
        [
          { from: time.from, to: Math.min(time.to, other.from) },
          { from: Math.max(time.from, other.to), to: time.to },
        ].filter((each) => each.to > each.from),
      ),
    [whole],
  );
  return left.length > 0 ? left : [whole];
}
