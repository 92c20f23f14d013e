import { recordOutcomes, type CountedBatch, type ScoreOutcomes } from "#lib/db/scores/outcomes.ts";
import { claimBatch, type ClaimedScore } from "#lib/db/scores/outbox.ts";
import { RateLimited } from "#lib/lti/index.ts";
import type { Connection } from "#lib/sync/tokens/connection.ts";
import type { PlatformShare } from "#lib/sync/pacing/platform-share.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { OpenBatches } from "./open-batches.ts";
import type { ScoreOutcome } from "../score-outcome.ts";
import { tellsWhenToRetry } from "./send-score.ts";

const BATCH_SIZE = 50;
/** Recorded together: so many, or whatever has ended after so long. */
const RECORD_SIZE = 50;
const RECORD_AFTER_MS = 100;
/** So many outcomes unknown in a row mean that the platform answers nobody. */
const UNKNOWN_IN_A_ROW = 10;

type Waiting = { score: ClaimedScore; batch: number };

export type PumpDeps = {
  handle: RunHandle;
  connection: Connection;
  share: PlatformShare;
  courseId: string;
  /** Sends one score and says what became of it; throws what would also stop the next one. */
  send: (score: ClaimedScore) => Promise<ScoreOutcome>;
  /** Called now and then between two batches. */
  onBatch?: () => Promise<void>;
};

/**
 * Keeps a platform busy with a course's pending scores: claims them in batches of 50, each with
 * a token that is fresh when it begins, sends as many at once as the run's share allows, and
 * records what has ended while the next are under way.
 *
 * At any moment at most the claimed ones, about two batches, have an outcome that only the
 * platform knows; whoever takes the run over asks it.
 */
export class ScorePump {
  readonly #deps: PumpDeps;
  readonly #waiting: Waiting[] = [];
  readonly #batches: OpenBatches;
  #ended: ScoreOutcomes[] = [];
  #inFlight = 0;
  #unknownInARow = 0;
  #stopped: { error: unknown } | undefined;
  #limited: RateLimited | undefined;
  #recording: Promise<void> | undefined;
  #recordTimer: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;

  constructor(deps: PumpDeps, firstPosition: number) {
    this.#deps = deps;
    this.#batches = new OpenBatches(firstPosition);
  }

  /**
   * Sends until nothing is pending. What stops it is thrown once every call in flight has ended
   * and is recorded; scores not sent by then are pending again.
   */
  async run(): Promise<void> {
    try {
      while (!this.#stopped && (await this.#claim())) await this.#drain(() => this.#lowWater);
      // What a rate limit sent back waits again.
      while (!this.#stopped && this.#inFlight + this.#waiting.length > 0) {
        await this.#drain(() => 0);
        await this.#calm();
      }
    } catch (error) {
      this.#stopped ??= { error };
    }
    await this.#calm();
    for (const { score, batch } of this.#waiting.splice(0))
      this.#end({ score, batch, to: "pending", timestamp: score.timestamp });
    await this.#recordAll();
    if (this.#stopped) throw this.#stopped.error;
  }

  /** Claims the next batch; false when nothing is pending. */
  async #claim(): Promise<boolean> {
    const { handle, connection, courseId } = this.#deps;
    handle.checkpoint();
    await this.#turn();
    await connection.fresh();
    const position = this.#batches.nextPosition;
    const claimed = await claimBatch(
      handle.db,
      { ...handle.run, courseId },
      { position, limit: BATCH_SIZE },
    );
    if (claimed.length === 0) return false;
    this.#batches.open(claimed.length);
    handle.countBatch();
    for (const score of claimed) this.#waiting.push({ score, batch: position });
    this.#fill();
    await this.#deps.onBatch?.();
    return true;
  }

  /** Waits for the run's turn; calls in flight of an earlier turn end first. */
  async #turn(): Promise<void> {
    const { share } = this.#deps;
    if (this.#limited) {
      await this.#calm();
      await share.report(this.#limited);
      this.#limited = undefined;
    }
    await share.gate(this.#inFlight);
    while (share.slots === 0 && !this.#stopped) {
      if (this.#inFlight > 0) await this.#somethingEnded();
      await share.gate(this.#inFlight);
    }
  }

  /** Starts as many waiting scores as there are slots. */
  #fill(): void {
    while (!this.#stopped && !this.#limited && this.#inFlight < this.#deps.share.slots) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#inFlight += 1;
      void this.#send(next);
    }
  }

  async #send({ score, batch }: Waiting): Promise<void> {
    try {
      const outcome = await this.#deps.send(score);
      this.#count(outcome);
      this.#end({ ...outcome, score, batch });
    } catch (error) {
      if (error instanceof RateLimited) {
        // It was not taken: it is the first to be sent when the platform may be called again.
        this.#limited = error;
        this.#waiting.unshift({ score, batch });
      } else {
        this.#stopped ??= { error };
        this.#end({ score, batch, to: "pending", timestamp: score.timestamp });
      }
    }
    this.#inFlight -= 1;
    this.#fill();
    this.#wake?.();
  }

  #count({ outcome, cause }: ScoreOutcome): void {
    this.#unknownInARow = outcome === "unknown" ? this.#unknownInARow + 1 : 0;
    if (this.#unknownInARow >= UNKNOWN_IN_A_ROW || tellsWhenToRetry(cause))
      this.#stopped ??= { error: cause };
  }

  #end(outcome: ScoreOutcomes): void {
    this.#ended.push(outcome);
    if (this.#ended.length >= RECORD_SIZE) return this.#recordSoon();
    this.#recordTimer ??= setTimeout(() => this.#recordSoon(), RECORD_AFTER_MS);
  }

  /** One statement at a time; what ends meanwhile goes into the next one. */
  #recordSoon(): void {
    this.#recording ??= this.#recordEnded()
      .catch((error: unknown) => {
        this.#stopped ??= { error };
      })
      .finally(() => {
        this.#recording = undefined;
        this.#wake?.();
        if (!this.#stopped && this.#ended.length >= RECORD_SIZE) this.#recordSoon();
      });
  }

  async #recordEnded(): Promise<void> {
    clearTimeout(this.#recordTimer);
    this.#recordTimer = undefined;
    const outcomes = this.#ended;
    this.#ended = [];
    if (outcomes.length === 0) return;
    const batches = this.#batches.count(outcomes, this.#stopped !== undefined);
    await this.#write(outcomes, batches);
  }

  async #write(outcomes: ScoreOutcomes[], batches: CountedBatch[]): Promise<void> {
    const { handle } = this.#deps;
    const state = await recordOutcomes(handle.db, handle.run, outcomes, batches, handle.tokenCase);
    handle.note(state);
    await handle.announce();
  }

  async #recordAll(): Promise<void> {
    while (this.#recording) await this.#recording;
    await this.#recordEnded();
  }

  /** Sends until no more than `limit` scores wait to be sent. */
  async #drain(limit: () => number): Promise<void> {
    while (!this.#stopped && this.#waiting.length > limit()) {
      this.#deps.handle.checkpoint();
      await this.#turn();
      this.#fill();
      if (this.#inFlight > 0 && this.#waiting.length > limit()) await this.#somethingEnded();
    }
  }

  /** Waits until no call is in flight. */
  async #calm(): Promise<void> {
    while (this.#inFlight > 0) await this.#somethingEnded();
  }

  get #lowWater(): number {
    return Math.min(BATCH_SIZE / 2, this.#deps.share.slots * 2);
  }

  #somethingEnded(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = undefined;
        resolve();
      };
    });
  }
}
