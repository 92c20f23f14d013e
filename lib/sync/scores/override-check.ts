import type { ClaimedScore } from "#lib/db/scores-outbox.ts";
import type { ConflictPolicy } from "#lib/db/generated/enums.ts";
import { streamResults, type Result } from "#lib/lti/index.ts";
import { formatNumber } from "#lib/format.ts";
import type { Connection } from "../connection.ts";
import { isSameValue } from "./platform-holds.ts";
import type { ScoreOutcome } from "./send-score.ts";

type Held = Pick<Result, "resultScore" | "resultMaximum">;

/**
 * Looks at what the platform holds before a value is sent, and leaves alone what somebody
 * changed there by hand. A line item's results are read once for each attempt at a run.
 */
export class OverrideCheck {
  readonly #results = new Map<string, Promise<Map<string, Held>>>();
  readonly #expected = new Set<string>();

  constructor(
    private readonly connection: Connection,
    private readonly policy: Exclude<ConflictPolicy, "overwrite">,
  ) {}

  /** The outcome of a score that is left alone; undefined where it may be sent. */
  async find(score: ClaimedScore): Promise<ScoreOutcome | undefined> {
    if (this.#expected.has(score.id)) return undefined;
    const held = (await this.#resultsOf(score.lineItemUrl)).get(score.userId);
    if (held?.resultScore === undefined || isOurs(held, score)) return undefined;
    const ours = score.wasSent ? `, not the ${valueWords(score.sentScoreGiven)} that was sent` : "";
    return {
      to: this.policy === "ask" ? "conflict" : "sent",
      outcome: "skipped",
      timestamp: score.timestamp,
      errorCode: "sync.changed_on_platform",
      errorMessage: `the platform holds ${formatNumber(held.resultScore)} of ${formatNumber(held.resultMaximum)}${ours}: somebody set it there`,
      platformScore: onOurScale(held, score),
    };
  }

  /** What the platform holds of this score may be ours although it was never confirmed. */
  expectOurs({ id }: ClaimedScore): void {
    this.#expected.add(id);
  }

  /** From now on the platform holds this value, whatever was read before. */
  async noteSent({ lineItemUrl, userId, ...value }: ClaimedScore): Promise<void> {
    const held = await this.#results.get(lineItemUrl)?.catch(() => undefined);
    held?.set(userId, {
      resultScore: value.scoreGiven ?? undefined,
      resultMaximum: value.scoreMaximum ?? 1,
    });
  }

  #resultsOf(lineItemUrl: string): Promise<Map<string, Held>> {
    let reading = this.#results.get(lineItemUrl);
    if (!reading) {
      reading = this.#read(lineItemUrl);
      // A failed reading is tried again by the next score.
      reading.catch(() => this.#results.delete(lineItemUrl));
      this.#results.set(lineItemUrl, reading);
    }
    return reading;
  }

  #read(lineItemUrl: string): Promise<Map<string, Held>> {
    return this.connection.call(async (client) => {
      const held = new Map<string, Held>();
      for await (const page of streamResults(client, { lineItemUrl }))
        for (const { userId, resultScore, resultMaximum } of page.rows)
          held.set(userId, { resultScore, resultMaximum });
      return held;
    });
  }
}

function valueWords(value: number | null): string {
  return value === null ? "cleared value" : formatNumber(value);
}

/** The platform's score as if it were out of the maximum that our values are out of. */
function onOurScale(held: Held, score: ClaimedScore): number {
  const { resultScore = 0, resultMaximum } = held;
  const ours = score.scoreMaximum ?? score.sentScoreMaximum ?? resultMaximum;
  return (resultScore / (resultMaximum || 1)) * ours;
}

/** It is what we sent last, or already what is wanted now. */
function isOurs(held: Held, score: ClaimedScore): boolean {
  if (isSameValue(held, score)) return true;
  const last = { scoreGiven: score.sentScoreGiven, scoreMaximum: score.sentScoreMaximum };
  return score.wasSent && isSameValue(held, last);
}
