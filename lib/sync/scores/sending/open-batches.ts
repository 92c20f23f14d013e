import type { CountedBatch, ScoreOutcomes } from "#lib/db/scores/outcomes.ts";

type OpenBatch = {
  size: number;
  left: number;
  sent: number;
  rejected: number;
  unknown: number;
  unsent: number;
  /** Changed on the platform: left as it is by the course's rule, or until somebody decides. */
  leftAlone: number;
  undecided: number;
  /** Not sent because the platform would have wiped a grade, or was not read to its end. */
  keptBack: number;
};

const NONE = {
  sent: 0,
  rejected: 0,
  unknown: 0,
  unsent: 0,
  leftAlone: 0,
  undecided: 0,
  keptBack: 0,
} satisfies Partial<OpenBatch>;

/** The batches of a run whose scores are still under way, counted as they have an outcome. */
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
    this.#open.set(this.#next, { ...NONE, size, left: size });
    this.#next += 1;
  }

  /** Counts outcomes and returns the batches that they belong to, as they stand then. */
  count(outcomes: readonly ScoreOutcomes[], isStopped: boolean): CountedBatch[] {
    const touched = new Map<number, OpenBatch>();
    for (const outcome of outcomes) {
      const open = this.#open.get(outcome.batch);
      if (!open) continue;
      open.left -= 1;
      open[countOf(outcome)] += 1;
      touched.set(outcome.batch, open);
    }
    return [...touched].map(([position, batch]) => {
      if (batch.left === 0) this.#open.delete(position);
      return counted(position, batch, isStopped);
    });
  }
}

function countOf({ to, outcome }: ScoreOutcomes): keyof typeof NONE {
  const isSkipped = outcome === "skipped";
  switch (to) {
    case "sent":
      return isSkipped ? "leftAlone" : "sent";
    case "rejected":
      return isSkipped ? "keptBack" : "rejected";
    case "conflict":
      return "undecided";
    case "sending":
      return "unknown";
    case "pending":
      return "unsent";
  }
}

function counted(position: number, batch: OpenBatch, isStopped: boolean): CountedBatch {
  const { size, left, sent, rejected, unknown, unsent, leftAlone, undecided, keptBack } = batch;
  const parts = [`${sent} of ${size} accepted`];
  if (leftAlone > 0) parts.push(`${leftAlone} left alone: changed on the platform`);
  if (undecided > 0) parts.push(`${undecided} to be decided: changed on the platform`);
  if (keptBack > 0) parts.push(`${keptBack} kept back`);
  if (rejected > 0) parts.push(`${rejected} rejected`);
  if (unknown > 0) parts.push(`${unknown} unanswered`);
  if (unsent > 0) parts.push(`${unsent} not sent`);
  return {
    position,
    state: left > 0 ? "running" : isStopped && unsent > 0 ? "failed" : "succeeded",
    sent,
    rejected: rejected + undecided + keptBack,
    skipped: leftAlone,
    unknown,
    level: rejected + undecided + keptBack + unknown + unsent > 0 ? "warning" : "info",
    message: `batch ${position + 1}: ${parts.join(", ")}`,
  };
}
