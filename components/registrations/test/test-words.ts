import type { ConnectionTestSummary } from "#lib/operations/connection-tests/schema.ts";
import type { Tone } from "#components/ui/text/status.tsx";

type Outcome = { tone: Tone; word: string; sentence: string };

const VERDICTS: Record<NonNullable<ConnectionTestSummary["verdict"]>, Outcome> = {
  passed: { tone: "ok", word: "Passed", sentence: "The connection works" },
  warned: {
    tone: "warn",
    word: "Warnings",
    sentence: "The connection works, with something to look at",
  },
  failed: { tone: "bad", word: "Failed", sentence: "The connection does not work yet" },
};

/** Whether the platform lets us in, with or without something to look at. */
export const worked = ({ verdict }: ConnectionTestSummary): boolean =>
  verdict === "passed" || verdict === "warned";

/** What became of a test, as a word and as a sentence. */
export function testOutcome({ state, verdict }: ConnectionTestSummary): Outcome {
  if (verdict) return VERDICTS[verdict];
  return state === "running"
    ? { tone: "active", word: "Running", sentence: "Testing the connection" }
    : { tone: "idle", word: "Interrupted", sentence: "The test was interrupted" };
}
