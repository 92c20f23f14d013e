/**
 * Where runs of one process wait for their turn on a platform. Whoever leaves lets the next in
 * at once; a turn that another process gives up is noticed by looking again after a while.
 */
export class SlotWaiters {
  readonly #waiting = new Map<string, Set<() => void>>();

  /** Resolves when a run of the registration leaves, or after `ms`. */
  wait(registrationId: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(registrationId) ?? new Set();
      this.#waiting.set(registrationId, waiting);
      const go = () => {
        clearTimeout(timer);
        waiting.delete(go);
        resolve();
      };
      const timer = setTimeout(go, ms);
      waiting.add(go);
    });
  }

  /** Lets the run in that has waited longest. */
  leave(registrationId: string): void {
    const [next] = this.#waiting.get(registrationId) ?? [];
    next?.();
  }
}
