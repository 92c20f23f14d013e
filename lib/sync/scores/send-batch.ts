import type { ClaimedScore, ScoreSettlement } from "#lib/db/scores-outbox.ts";
import { sendScore, type ScoreSender } from "./send-score.ts";

export type BatchOutcome = {
  settlements: ScoreSettlement[];
  /** What stopped the batch; scores not sent by then are pending again. */
  stoppedBy?: unknown;
};

/**
 * Sends a batch with up to `concurrency` scores in flight. One refused score never stops it;
 * an error that would meet every score does, after the calls in flight have ended.
 */
export async function sendBatch(
  sender: ScoreSender,
  batch: readonly ClaimedScore[],
  concurrency: number,
): Promise<BatchOutcome> {
  const settlements: ScoreSettlement[] = [];
  const waiting = batch[Symbol.iterator]();
  let stoppedBy: unknown;

  async function sendWaiting(): Promise<void> {
    for (const score of waiting) {
      if (stoppedBy !== undefined) {
        settlements.push({ score, to: "pending", timestamp: score.timestamp });
        continue;
      }
      try {
        settlements.push(await sendScore(sender, score));
      } catch (error) {
        stoppedBy ??= error;
        settlements.push({ score, to: "pending", timestamp: score.timestamp });
      }
    }
  }

  await Promise.all(Array.from({ length: concurrency }, sendWaiting));
  return { settlements, stoppedBy };
}
