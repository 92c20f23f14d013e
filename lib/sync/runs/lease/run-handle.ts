import { transaction, type Db } from "#lib/db/client.ts";
import type { Run } from "#lib/db/generated/client.ts";
import { notify } from "#lib/db/changes.ts";
import { insertRunEvent, type NewRunEvent } from "#lib/db/runs/events.ts";
import { saveProgress, type Lease, type RunProgress } from "#lib/db/runs/runs.ts";
import { shortScope } from "#lib/lti/index.ts";
import { PlatformCoolingDown } from "#lib/sync/errors.ts";
import type { TokenEvent } from "#lib/sync/tokens/run-token.ts";
import type { Fence } from "./fence.ts";
import { tokenCase, type TokenCounts } from "#lib/sync/tokens/token-case.ts";

/** An operator cancelled the run; what was accepted stays accepted. */
export class RunCancelled extends Error {}

/** An operator paused the run, its course or its registration. */
export class RunPaused extends Error {}

/** This process is stopping; another goes on with the run. */
export class RunInterrupted extends Error {}

const ANNOUNCE_MS = 250;
/** So long in all may a run hold a worker while its platform answers nothing. */
const LONGEST_WAITS_MS = 60_000;

/** A worker's hold on one run: every write goes through it, under the lease. */
export class RunHandle {
  #isCancelRequested = false;
  #isPauseRequested = false;
  #announcedMs = -Infinity;
  #waitedMs = 0;
  #waitsUntilMs = 0;
  #hasAnswer = false;
  readonly #counts: TokenCounts;
  /** Tries since the run last got anywhere, from 1. */
  attempt: number;

  constructor(
    readonly db: Db,
    readonly run: Run & Lease,
    readonly signal: AbortSignal,
    /** Shut once another worker may have the run; then nothing more is sent for it. */
    readonly fence: Pick<Fence, "signal" | "check">,
  ) {
    this.#counts = {
      requested: run.tokensRequested,
      reused: run.tokensReused,
      refreshed: run.tokensRefreshed,
      endpointSwaps: run.endpointSwaps,
      batches: 0,
    };
    this.note({
      cancelRequested: run.cancelRequestedAt !== null,
      pauseRequested: run.pauseRequestedAt !== null,
    });
    this.attempt = run.attempt;
  }

  /** Between two pages or batches: is there a reason not to begin the next? */
  checkpoint(): void {
    this.fence.check();
    if (this.#isCancelRequested) throw new RunCancelled();
    if (this.#isPauseRequested) throw new RunPaused();
    if (this.signal.aborted) throw new RunInterrupted();
  }

  /** As of the last write. */
  get isCancelRequested(): boolean {
    return this.#isCancelRequested;
  }

  /** The platform answered what this run is about. */
  get hasAnswer(): boolean {
    return this.#hasAnswer;
  }

  noteAnswer(): void {
    this.#hasAnswer = true;
    this.#waitedMs = 0;
  }

  async event(event: NewRunEvent, db?: Db): Promise<void> {
    await insertRunEvent(db ?? this.db, this.run, event);
  }

  async progress(progress: RunProgress, db?: Db): Promise<void> {
    this.note(await saveProgress(db ?? this.db, this.run, progress));
    if (progress.hasMoved) this.attempt = 1;
  }

  /** Remembers what an operator asked for; the next checkpoint heeds it. */
  note(asked: { cancelRequested: boolean; pauseRequested: boolean; attempt?: number }): void {
    this.#isCancelRequested ||= asked.cancelRequested;
    this.#isPauseRequested ||= asked.pauseRequested;
    if (asked.attempt !== undefined) this.attempt = asked.attempt;
  }

  /** Tells the pages that watch, a few times a second at most. */
  async announce(): Promise<void> {
    if (performance.now() - this.#announcedMs < ANNOUNCE_MS) return;
    this.#announcedMs = performance.now();
    const { runId, registrationId, courseId } = this.run;
    await notify(this.db, { runId, registrationId, courseId: courseId ?? undefined });
  }

  /**
   * Writes that belong together: all of them, or none. What would only be done again if a crash
   * of the database forgot it is `repeatable`, and its commit need not wait for the disk.
   */
  async transaction<Result>(
    work: (tx: Db) => Promise<Result>,
    { repeatable = false } = {},
  ): Promise<Result> {
    return transaction(this.db, async (tx) => {
      if (repeatable) await tx.execute("SET LOCAL synchronous_commit TO off");
      return work(tx);
    });
  }

  /**
   * Waits until a moment, or until it `isOver` before, the run is cancelled or this process stops.
   *
   * @throws PlatformCoolingDown  it has waited for too long in all without an answer in between
   */
  async waitUntil(
    until: Date,
    reason: string,
    now: () => Date,
    isOver: () => Promise<boolean> = async () => false,
  ): Promise<void> {
    this.#countWait(now().getTime(), until.getTime());
    if (this.#waitedMs > LONGEST_WAITS_MS) throw new PlatformCoolingDown(until, reason);
    await this.event({
      level: "warning",
      kind: "run.waiting",
      message: `waiting until ${until.toISOString()}: ${reason}`,
      detail: { until: until.toISOString() },
    });
    while (now() < until) {
      await this.progress({ wait: { until, reason } });
      this.checkpoint();
      if (await isOver()) {
        await this.waitOver(reason);
        break;
      }
      const pauseMs = Math.min(1_000, until.getTime() - now().getTime());
      await new Promise((resolve) => setTimeout(resolve, Math.max(1, pauseMs)));
    }
    await this.progress({ wait: null });
  }

  /** Says that a wait whose end was not known, or which ended early, is over. */
  async waitOver(reason: string): Promise<void> {
    await this.event({ kind: "run.wait_over", message: `goes on after a wait: ${reason}` });
  }

  /** Courses read side by side that wait at once have waited once. */
  #countWait(fromMs: number, untilMs: number): void {
    this.#waitedMs += Math.max(0, untilMs - Math.max(fromMs, this.#waitsUntilMs));
    this.#waitsUntilMs = Math.max(untilMs, this.#waitsUntilMs);
  }

  /** Waits until whoever had the run before has surely stopped sending for it. */
  async waitForSilence(ms: number): Promise<void> {
    if (ms <= 0) return;
    const message = "waiting until the worker that had this run has surely stopped sending";
    await this.event({ kind: "run.waiting", message, detail: { ms: Math.ceil(ms) } });
    const endMs = performance.now() + ms;
    for (let leftMs = ms; leftMs > 0; leftMs = endMs - performance.now()) {
      this.checkpoint();
      await new Promise((resolve) => setTimeout(resolve, Math.min(leftMs, 250)));
    }
  }

  countBatch(): void {
    this.#counts.batches += 1;
  }

  get endpointSwaps(): number {
    return this.#counts.endpointSwaps;
  }

  get tokenCase() {
    return tokenCase(this.#counts);
  }

  /** Counts and tells what happened to the token. */
  readonly onToken = async (event: TokenEvent): Promise<void> => {
    if (event.kind === "evicted") {
      await this.event({
        level: "warning",
        kind: "token.evicted",
        message: `the platform no longer took the token: ${event.message}`,
        detail: { tokenId: event.tokenId },
      });
      return;
    }
    if (event.kind === "swapped") {
      // Written with the start of the course that it was made for.
      this.#counts.endpointSwaps += 1;
      return;
    }
    const isRequest = event.kind === "requested";
    if (isRequest) this.#counts.requested += 1;
    else this.#counts.reused += 1;
    if (event.isRefresh) this.#counts.refreshed += 1;
    await this.progress({
      add: {
        tokens_requested: isRequest ? 1 : 0,
        tokens_reused: isRequest ? 0 : 1,
        tokens_refreshed: event.isRefresh ? 1 : 0,
      },
      tokenCase: this.tokenCase,
    });
    await this.event(describe(event));
  };
}

function describe(event: Extract<TokenEvent, { token: unknown }>): NewRunEvent {
  const { token, id, reason } = event.token;
  const scopes = token.grantedScopes.map(shortScope).join(", ") || "no scope";
  const what = event.kind === "requested" ? "requested a token" : "took the cached token";
  return {
    kind: event.isRefresh ? "token.refreshed" : `token.${event.kind}`,
    message: `${event.isRefresh ? "the token had to be replaced: " : ""}${what} (${scopes}), valid until ${token.expiresAt.toISOString()}`,
    detail: {
      tokenId: id,
      origin: event.token.origin,
      ...(reason && { reason }),
      requested: token.requestedScopes,
      granted: token.grantedScopes,
      expiresAt: token.expiresAt.toISOString(),
    },
  };
}
