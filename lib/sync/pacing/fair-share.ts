/** One run's part of the calls that its platform takes at once. */
export type Share = {
  runId: string;
  /** Calls it may have in flight. */
  slots: number;
  /** Calls it could use. */
  wanted: number;
  /** Since when it has waited, or has had its turn. */
  since: Date;
};

/** How long a run keeps its slot while others wait for one. */
export const TURN_MS = 2_000;

/**
 * How many of `total` calls at once are due to one run among those that share a platform.
 *
 * Where there are slots for all, they are dealt out evenly, and what one cannot use goes to the
 * others. Where there are more runs than slots, runs take turns of two seconds, longest waiting
 * first. Never more than what the others have left over: they shrink at their next renewal.
 */
export function fairShare(
  shares: readonly Share[],
  { runId, total, now }: { runId: string; total: number; now: Date },
): number {
  const mine = shares.find((share) => share.runId === runId);
  if (!mine) return 0;
  const taken = shares.reduce((sum, { slots }) => sum + slots, 0) - mine.slots;
  const free = Math.max(0, total - taken);
  const due =
    shares.length > total
      ? dueByTurns(shares, mine, { now, free })
      : dueEvenly(shares, mine, total);
  return Math.min(due, free);
}

function dueEvenly(shares: readonly Share[], mine: Share, total: number): number {
  let left = total;
  const modestFirst = [...shares].sort((a, b) => a.wanted - b.wanted || byWaiting(a, b));
  for (const [index, share] of modestFirst.entries()) {
    const part = Math.min(share.wanted, Math.ceil(left / (modestFirst.length - index)));
    if (share.runId === mine.runId) return part;
    left -= part;
  }
  return 0;
}

function dueByTurns(
  shares: readonly Share[],
  mine: Share,
  { now, free }: { now: Date; free: number },
): number {
  if (mine.slots > 0) return now.getTime() - mine.since.getTime() < TURN_MS ? 1 : 0;
  const waiting = shares.filter(({ slots }) => slots === 0).sort(byWaiting);
  return waiting.indexOf(mine) < free ? 1 : 0;
}

function byWaiting(a: Share, b: Share): number {
  return a.since.getTime() - b.since.getTime() || a.runId.localeCompare(b.runId);
}
