import type { ClosedBatch, ScoreOutcomes } from "#lib/db/scores/outcomes.ts";

type OpenBatch = {
  size: number;
  left: number;
  sent: number;
  rejected: number;
  unknown: number;
  unsent: number;
};

/** The batches of a run whose scores are still under way, counted as they are settled. */
export class OpenBatches {
  readonly #open = new Map<number, OpenBatch>();
  #next: number;

  constructor(firstPosition: number) {
    this.#next = firstPosition;
  }

  get nextPosition(): number {
    return this.#next;
  }

  open(size: number): void {
    this.#open.set(this.#next, { size, left: size, sent: 0, rejected: 0, unknown: 0, unsent: 0 });
    this.#next += 1;
  }

  /** Counts settlements and returns the batches that ended with them. */
  settle(settlements: readonly ScoreOutcomes[], isStopped: boolean): ClosedBatch[] {
    for (const { batch, to } of settlements) {
      const open = this.#open.get(batch);
      if (!open) continue;
      open.left -= 1;
      if (to === "sent") open.sent += 1;
      else if (to === "sending") open.unknown += 1;
      else if (to === "pending") open.unsent += 1;
      else open.rejected += 1;
    }
    const ended = [...this.#open].filter(([, { left }]) => left === 0);
    return ended.map(([position, batch]) => {
      this.#open.delete(position);
      return closed(position, batch, isStopped);
    });
  }
}

function closed(position: number, batch: OpenBatch, isStopped: boolean): ClosedBatch {
  const { size, sent, rejected, unknown, unsent } = batch;
  const parts = [`${sent} of ${size} accepted`];
  if (rejected > 0) parts.push(`${rejected} rejected`);
  if (unknown > 0) parts.push(`${unknown} unanswered`);
  if (unsent > 0) parts.push(`${unsent} not sent`);
  return {
    position,
    state: isStopped && unsent > 0 ? "failed" : "succeeded",
    sent,
    rejected,
    unknown,
    level: parts.length > 1 ? "warning" : "info",
    message: `batch ${position + 1}: ${parts.join(", ")}`,
  };
}
