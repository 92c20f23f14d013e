import { setMaxListeners } from "node:events";

import type { Db } from "#lib/db/client.ts";
import { LeaseLost } from "#lib/db/errors.ts";
import { confirmLease, LEASE_MS } from "#lib/db/runs/lease.ts";
import type { Lease } from "#lib/db/runs/runs.ts";

/** The database has not said for too long that the run is still this worker's. */
export class LeaseUnconfirmed extends Error {}

export type FenceOptions = {
  /** Asks the database; false when the run is somebody else's. */
  confirm: () => Promise<boolean>;
  /** What is thrown once it is. */
  lost: () => Error;
  /** When the run was claimed. */
  since: Moment;
  /** How long an answer holds, from when it was asked for; less than the lease that it gives. */
  holdsMs: number;
  everyMs: number;
};

/** By two clocks: one stops while a machine is suspended, the other may be set. */
export type Moment = { monotonicMs: number; wallMs: number };

export function thisMoment(): Moment {
  return { monotonicMs: performance.now(), wallMs: Date.now() };
}

const LOOK_MS = 250;
const CONFIRM_MS = 2_000;
/** A worker falls silent by so much sooner than others expect. */
const MARGIN_MS = 1_000;

/**
 * Keeps a worker from speaking for a run that another may have: when the lease is lost, or was
 * not confirmed for too long, calls in flight are ended and none begins. Whoever takes over
 * waits that long, so that the two never send at once.
 */
export class Fence {
  readonly #shut = new AbortController();
  readonly #timers: NodeJS.Timeout[];
  #confirmed: Moment;
  #isAsking = false;

  constructor(private readonly options: FenceOptions) {
    // Every call in flight listens, and there may be many.
    setMaxListeners(0, this.signal);
    this.#confirmed = options.since;
    this.#timers = [
      setInterval(() => void this.#ask(), options.everyMs).unref(),
      setInterval(() => this.#look(), LOOK_MS).unref(),
    ];
  }

  /** Ends the calls in flight; its reason says why. */
  get signal(): AbortSignal {
    return this.#shut.signal;
  }

  /** Also right in a process that was stopped for a while and has not looked since. */
  check(): void {
    this.#look();
    this.signal.throwIfAborted();
  }

  /** Ends the calls in flight for a reason of the caller's. */
  shut(reason: Error): void {
    this.#shut.abort(reason);
  }

  /** Nothing is in flight any more. */
  end(): void {
    this.#timers.forEach(clearInterval);
  }

  #look(): void {
    if (this.signal.aborted || sinceMs(this.#confirmed) < this.options.holdsMs) return;
    this.shut(new LeaseUnconfirmed("the lease was not confirmed in time"));
  }

  async #ask(): Promise<void> {
    if (this.#isAsking || this.signal.aborted) return;
    this.#isAsking = true;
    const asked = thisMoment();
    try {
      if (await this.options.confirm()) this.#confirmed = asked;
      else this.shut(this.options.lost());
    } catch {
      // A database that does not answer confirms nothing; it is asked again.
    } finally {
      this.#isAsking = false;
    }
  }
}

function sinceMs(then: Moment): number {
  const now = thisMoment();
  return Math.max(now.monotonicMs - then.monotonicMs, now.wallMs - then.wallMs);
}

/** The fence of a run that was claimed at that moment. */
export function fenceOf(db: Db, lease: Lease, since: Moment): Fence {
  const lost = () => new LeaseLost(lease.runId, lease.lease);
  const confirm = () => confirmLease(db, lease);
  return new Fence({ confirm, lost, since, holdsMs: LEASE_MS - MARGIN_MS, everyMs: CONFIRM_MS });
}
