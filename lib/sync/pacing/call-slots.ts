import type { PlatformShare } from "./platform-share.ts";

/** Deals out the calls that a run's share allows at once among those who want to make one. */
export class CallSlots {
  #inFlight = 0;
  #gating: Promise<void> | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(private readonly share: Pick<PlatformShare, "gate" | "slots">) {}

  /**
   * Makes one call when there is a slot for it.
   *
   * @throws PlatformCoolingDown  the run may not call for longer than it should hold a worker
   */
  async run<T>(call: () => Promise<T>): Promise<T> {
    await this.#take();
    try {
      return await call();
    } finally {
      this.#inFlight -= 1;
      for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  async #take(): Promise<void> {
    for (;;) {
      await this.#gate();
      if (this.#inFlight < this.share.slots) break;
      // The last call may have ended while the share was asked.
      if (this.#inFlight > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#inFlight += 1;
  }

  /** Whoever comes meanwhile waits for the same answer. */
  async #gate(): Promise<void> {
    this.#gating ??= this.share.gate(this.#inFlight).finally(() => (this.#gating = undefined));
    await this.#gating;
  }
}
