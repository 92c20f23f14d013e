import type { OutcomeCode } from "#lib/sync/errors.ts";
import type { ClaimedScore } from "#lib/db/scores/outbox.ts";
import type { ConflictPolicy } from "#lib/db/generated/enums.ts";
import { isSameValue, streamResults, type Result } from "#lib/lti/index.ts";
import { formatNumber } from "#lib/format.ts";
import type { Connection } from "../tokens/connection.ts";
import type { ScoreOutcome } from "./score-outcome.ts";

type CurrentResult = Pick<Result, "resultScore" | "resultMaximum">;

/** What a line item's results showed; who is absent has none only if all of them were seen. */
type Seen = { current: Map<string, CurrentResult>; isWhole: boolean };

/**
 * Looks at what the platform holds before a value is sent, and leaves alone what somebody
 * changed there by hand. A line item's results are read once for each attempt at a run.
 */
export class OverrideCheck {
  readonly #results = new Map<string, Promise<Seen>>();

  constructor(
    private readonly connection: Connection,
    private readonly policy: Exclude<ConflictPolicy, "overwrite">,
  ) {}

  /** The outcome of a score that is left alone; undefined where it may be sent. */
  async find(score: ClaimedScore): Promise<ScoreOutcome | undefined> {
    const current = await this.#resultOf(score);
    if (current === "unseen") return unseen(score);
    if (current?.resultScore === undefined || isOurs(current, score)) return undefined;
    const ours = score.wasSent ? `, not the ${valueWords(score.sentScoreGiven)} that was sent` : "";
    return {
      to: this.policy === "ask" ? "conflict" : "sent",
      outcome: "skipped",
      timestamp: score.timestamp,
      errorCode: "sync.changed_on_platform" satisfies OutcomeCode,
      errorMessage: `the platform holds ${formatNumber(current.resultScore)} of ${formatNumber(current.resultMaximum)}${ours}: somebody set it there`,
      platformScore: onOurScale(current, score),
    };
  }

  /** From now on the platform holds this value, whatever was read before. */
  async noteSent({ lineItemUrl, userId, ...value }: ClaimedScore): Promise<void> {
    const seen = await this.#results.get(lineItemUrl)?.catch(() => undefined);
    seen?.current.set(userId, {
      resultScore: value.scoreGiven ?? undefined,
      resultMaximum: value.scoreMaximum ?? 1,
    });
  }

  /** A person whom an incomplete list does not show is looked up alone. */
  async #resultOf({
    lineItemUrl,
    userId,
  }: ClaimedScore): Promise<CurrentResult | undefined | "unseen"> {
    const { current, isWhole } = await this.#resultsOf(lineItemUrl);
    const listed = current.get(userId);
    if (listed || isWhole) return listed;
    const alone = await this.#read({ lineItemUrl, userId });
    return alone.current.get(userId) ?? (alone.isWhole ? undefined : "unseen");
  }

  #resultsOf(lineItemUrl: string): Promise<Seen> {
    let reading = this.#results.get(lineItemUrl);
    if (!reading) {
      reading = this.#read({ lineItemUrl });
      // A failed reading is tried again by the next score.
      reading.catch(() => this.#results.delete(lineItemUrl));
      this.#results.set(lineItemUrl, reading);
    }
    return reading;
  }

  #read(of: { lineItemUrl: string; userId?: string }): Promise<Seen> {
    return this.connection.call(async (client) => {
      const seen: Seen = { current: new Map(), isWhole: false };
      let unreadable = 0;
      for await (const page of streamResults(client, of)) {
        for (const { userId, resultScore, resultMaximum } of page.rows)
          seen.current.set(userId, { resultScore, resultMaximum });
        unreadable += page.quarantined.length;
        seen.isWhole = page.complete && unreadable === 0;
      }
      return seen;
    });
  }
}

/** Sending might overwrite what nobody has looked at. */
function unseen({ timestamp }: ClaimedScore): ScoreOutcome {
  return {
    to: "rejected",
    outcome: "skipped",
    timestamp,
    errorCode: "sync.results_incomplete" satisfies OutcomeCode,
    errorMessage:
      "the platform did not list its results to their end, so it cannot be told whether somebody changed this one",
  };
}

function valueWords(value: number | null): string {
  return value === null ? "cleared value" : formatNumber(value);
}

/** The platform's score as if it were out of the maximum that our values are out of. */
function onOurScale(current: CurrentResult, score: ClaimedScore): number {
  const { resultScore = 0, resultMaximum } = current;
  const ours = score.scoreMaximum ?? score.sentScoreMaximum ?? resultMaximum;
  return (resultScore / (resultMaximum || 1)) * ours;
}

/** It is what we sent last, what may have arrived since, or already what is wanted now. */
function isOurs(current: CurrentResult, score: ClaimedScore): boolean {
  if (isSameValue(current, score)) return true;
  const last = { scoreGiven: score.sentScoreGiven, scoreMaximum: score.sentScoreMaximum };
  if (score.wasSent && isSameValue(current, last)) return true;
  return score.attempted.some((part) =>
    isSameValue(current, { scoreGiven: part, scoreMaximum: 1 }),
  );
}
