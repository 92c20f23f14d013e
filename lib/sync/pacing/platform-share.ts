import type { Db } from "#lib/db/client.ts";
import {
  closeCircuit,
  platformPacing,
  releaseSlots,
  renewSlots,
  saveRemaining,
  type SlotRow,
  type PlatformPacing,
} from "#lib/db/pacing/platform-pacing.ts";
import { noteCalls } from "#lib/db/history/hours.ts";
import type { LtiOptions, Operation } from "#lib/lti/index.ts";
import { PlatformCoolingDown } from "../errors.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { CallCounter } from "./call-counter.ts";
import { slotsAt, reportToPacing } from "./circuit.ts";
import { fairShare } from "./fair-share.ts";
import type { SlotWaiters } from "./slot-waiters.ts";

const RENEW_MS = 1_000;
/** What the platform answered is noted so often, and when the run gives its share back. */
const NOTE_CALLS_MS = 10_000;
const TTL_MS = 60_000;
const LOOK_AGAIN_MS = 500;
const LONGEST_INLINE_WAIT_MS = 30_000;
/** Below this allowance (`X-Rate-Limit-Remaining`) calls are made one at a time. */
const LOW_ALLOWANCE = 100;

type Part = {
  slots: number;
  isNewTurn: boolean;
  /** Slots it may use; fewer than it holds while calls in flight end. */
  usable: number;
  others: number;
  pacing: PlatformPacing | null;
};

/**
 * What one run may ask of its platform: so many calls at once, and none while the platform
 * cools down. Shared with all runs of the registration, in every process, through the database.
 */
export class PlatformShare {
  #part: Part | undefined;
  #renewedMs = -Infinity;
  #hasAnswer = false;
  #answers = 0;
  #remaining: number | undefined;
  #savedRemaining: number | undefined;
  readonly #calls = new CallCounter();
  #notedMs = performance.now();

  constructor(
    /** `proof` is the request whose answer shows that the platform works. */
    private readonly deps: { db: Db; now: () => Date; slotWaiters: SlotWaiters; proof: Operation },
    private readonly handle: RunHandle,
    private readonly limits: { concurrency: number; wanted: number },
  ) {}

  /** Calls the run may have in flight now. */
  get slots(): number {
    return this.#part?.usable ?? 0;
  }

  /** How many calls of any kind the platform has answered, rather than failed at, in this attempt. */
  get answers(): number {
    return this.#answers;
  }

  /** The protocol library's options: the share reads every reply's headers, the fence ends calls. */
  watching(lti: LtiOptions): LtiOptions {
    return {
      ...lti,
      fetch: this.#calls.counting(lti.fetch),
      signal: this.handle.fence.signal,
      onReply: (reply, operation) => {
        const isAnswer = reply.status < 500 && reply.status !== 429;
        if (isAnswer) this.#answers += 1;
        if (isAnswer && operation === this.deps.proof) this.#noteAnswer();
        const remaining = Number.parseFloat(reply.headers.get("x-rate-limit-remaining") ?? "");
        if (Number.isFinite(remaining)) this.#remaining = remaining;
        lti.onReply?.(reply, operation);
      },
    };
  }

  /**
   * Waits until the run may call its platform; at once, most of the time.
   *
   * @throws PlatformCoolingDown  it may not for longer than a run should hold a worker
   */
  async gate(inFlight = 0): Promise<void> {
    let waitedSince: number | undefined;
    let turn: string | undefined;
    for (;;) {
      const part = await this.#current(inFlight);
      if (part.usable > 0) break;
      // Calls in flight end first; whoever drives them asks again then.
      if (inFlight > 0) return;
      const until = cooldownEnd(part.pacing, this.deps.now());
      if (until) {
        await this.#coolDown(until, part.pacing?.reason ?? "the platform cools down");
        continue;
      }
      waitedSince ??= performance.now();
      turn = await this.#waitForTurn(performance.now() - waitedSince, part.others, turn);
    }
    if (waitedSince !== undefined) await this.handle.progress({ wait: null });
    if (turn !== undefined) await this.handle.waitOver(turn);
  }

  #noteAnswer(): void {
    this.#hasAnswer = true;
    this.handle.noteAnswer();
  }

  /** Waits for the end of a cool-down, or until an operator ends it. */
  async waitOut(until: Date, reason: string): Promise<void> {
    const { now, db } = this.deps;
    const isOver = async () =>
      cooldownEnd(await platformPacing(db, this.handle.run.registrationId), now()) === undefined;
    await this.handle.waitUntil(until, reason, now, isOver);
  }

  /** Tells all runs of the registration what this error says about the platform. */
  async report(error: unknown): Promise<void> {
    await reportToPacing(this.deps, this.handle.run.registrationId, error);
    this.#renewedMs = -Infinity;
  }

  async release(): Promise<void> {
    this.#part = undefined;
    await releaseSlots(this.deps.db, this.handle.run.runId);
    this.deps.slotWaiters.leave(this.handle.run.registrationId);
    await this.#noteCalls();
  }

  async #current(inFlight: number): Promise<Part> {
    const isDue = performance.now() - this.#renewedMs >= RENEW_MS;
    if (this.#part && this.#part.usable > 0 && !isDue) return this.#part;
    const { db } = this.deps;
    const { runId, registrationId } = this.handle.run;
    const { wanted } = this.limits;
    this.#part = await renewSlots(
      db,
      { runId, registrationId, wanted, ttlMs: TTL_MS },
      (held, pacing) => this.#decide(held, pacing, inFlight),
    );
    this.#renewedMs = performance.now();
    if (this.#hasAnswer && this.#part.pacing && this.#part.pacing.failures > 0)
      await closeCircuit(db, registrationId);
    // It has just given up the slot that it held.
    if (this.#part.slots === 0 && this.#part.isNewTurn) this.deps.slotWaiters.leave(registrationId);
    this.#hasAnswer = false;
    await this.#tellRemaining();
    if (performance.now() - this.#notedMs >= NOTE_CALLS_MS) await this.#noteCalls();
    return this.#part;
  }

  #decide(held: SlotRow[], pacing: PlatformPacing | null, inFlight: number): Part {
    const now = this.deps.now();
    const { runId } = this.handle.run;
    const isCoolingDown = cooldownEnd(pacing, now) !== undefined;
    const total = isLow(this.#remaining ?? pacing?.rateLimitRemaining)
      ? 1
      : slotsAt(pacing?.failures ?? 0, this.limits.concurrency);
    const usable = isCoolingDown ? 0 : fairShare(held, { runId, total, now });
    const before = held.find((slot) => slot.runId === runId)?.slots ?? 0;
    const slots = Math.max(usable, inFlight);
    return { slots, usable, isNewTurn: slots > 0 !== before > 0, others: held.length - 1, pacing };
  }

  async #coolDown(until: Date, reason: string): Promise<void> {
    if (until.getTime() - this.deps.now().getTime() > LONGEST_INLINE_WAIT_MS) {
      await this.release();
      throw new PlatformCoolingDown(until, reason);
    }
    await this.waitOut(until, reason);
  }

  /** Answers what it waits for, once that has taken long enough to be said. */
  async #waitForTurn(
    waitedMs: number,
    others: number,
    said: string | undefined,
  ): Promise<string | undefined> {
    let saying = said;
    if (waitedMs > RENEW_MS) {
      const until = new Date(this.deps.now().getTime() + RENEW_MS);
      const reason = `waiting for its turn: ${others} other ${others === 1 ? "sync works" : "syncs work"} with this platform`;
      if (saying === undefined) await this.handle.event({ kind: "run.waiting", message: reason });
      saying ??= reason;
      await this.handle.progress({ wait: { until, reason } });
    }
    this.handle.checkpoint();
    await this.deps.slotWaiters.wait(this.handle.run.registrationId, LOOK_AGAIN_MS);
    return saying;
  }

  async #noteCalls(): Promise<void> {
    this.#notedMs = performance.now();
    const counts = this.#calls.take();
    if (counts) await noteCalls(this.deps.db, this.handle.run.registrationId, counts);
  }

  async #tellRemaining(): Promise<void> {
    if (this.#remaining === undefined || this.#remaining === this.#savedRemaining) return;
    this.#savedRemaining = this.#remaining;
    await saveRemaining(this.deps.db, this.handle.run.registrationId, this.#remaining);
  }
}

function cooldownEnd(pacing: PlatformPacing | null, now: Date): Date | undefined {
  return pacing?.notBefore && pacing.notBefore > now ? pacing.notBefore : undefined;
}

function isLow(remaining: number | null | undefined): boolean {
  return typeof remaining === "number" && remaining < LOW_ALLOWANCE;
}
