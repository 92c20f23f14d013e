import type { RunDetail } from "#lib/operations/runs/schema.ts";

/** Something counted over a time; `to` is now where it goes on. Milliseconds since the epoch. */
export type CountedPart = { from: number; to: number; count: number };

/** Units per second in one slice of a run's time. */
export type RatePoint = { from: number; to: number; perSecond: number };

const SLICES = 48;
const SHORTEST_MS = 1_000;

/**
 * How fast a run went over its time, from its parts: what a part came to is spread evenly over the
 * time that it took. A slice without any is a standstill, not a gap.
 */
export function rateOf(parts: readonly CountedPart[], from: number, to: number): RatePoint[] {
  const total = parts.reduce((sum, { count }) => sum + count, 0);
  if (total === 0 || to <= from) return [];
  const width = Math.max((to - from) / SLICES, SHORTEST_MS);
  const slices = Math.max(1, Math.ceil((to - from) / width));
  const counts = Array.from({ length: slices }, () => 0);
  for (const part of parts) {
    const length = Math.max(1, part.to - part.from);
    const first = Math.max(0, Math.floor((part.from - from) / width));
    const last = Math.min(slices - 1, Math.floor((part.from + length - 1 - from) / width));
    for (let slice = first; slice <= last; slice++) {
      const begin = Math.max(part.from, from + slice * width);
      const end = Math.min(part.from + length, from + (slice + 1) * width);
      counts[slice]! += (part.count * Math.max(0, end - begin)) / length;
    }
  }
  return counts.map((count, slice) => {
    const begin = from + slice * width;
    const end = Math.min(to, begin + width);
    return { from: begin, to: end, perSecond: (count * 1_000) / Math.max(1, end - begin) };
  });
}

/** What each part of a run has dealt with so far: scores, or members of its courses. */
export function countedParts(run: RunDetail, now: number): CountedPart[] {
  const over = ({ startedAt, finishedAt }: { startedAt: string; finishedAt: string | null }) => {
    const from = Date.parse(startedAt);
    return { from, to: Math.max(from, finishedAt ? Date.parse(finishedAt) : now) };
  };
  if (run.kind === "verify")
    return run.columns.map((column) => ({ ...over(column), count: column.scores }));
  if (run.kind === "grade_sync")
    return run.batches.map((batch) => ({
      ...over(batch),
      count: batch.sent + batch.rejected + batch.skipped,
    }));
  return run.courses.flatMap(({ startedAt, finishedAt, members }) =>
    startedAt === null ? [] : [{ ...over({ startedAt, finishedAt }), count: members.seen }],
  );
}
