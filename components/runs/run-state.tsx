"use client";

import { Ban, Hourglass, RotateCw } from "lucide-react";
import { ErrorTitle } from "#components/errors/advised.tsx";
import { ClockTime } from "#components/live/time/time.tsx";
import { ShownState } from "#components/states/state-badge.tsx";
import type { Shown } from "#components/states/shown.ts";
import { RUN_STATES } from "#components/states/tables/runs.ts";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { runSentence } from "./run-words.ts";

type StateFacts = Pick<
  RunView,
  "state" | "notBefore" | "waitReason" | "attempt" | "cancelRequested"
>;

/** The state as people read it: waiting and retrying are words of the screen, not of the store. */
function shownState(run: StateFacts): Shown {
  const isUnfinished = run.state === "queued" || run.state === "running";
  if (isUnfinished && run.cancelRequested) return { tone: "idle", icon: Ban, word: "Cancelling" };
  if (run.state === "queued" && run.attempt > 0)
    return { tone: "warn", icon: RotateCw, word: `Retrying (attempt ${run.attempt + 1})` };
  if (isUnfinished && run.waitReason) return { tone: "warn", icon: Hourglass, word: "Waiting" };
  return RUN_STATES[run.state];
}

export function RunStateBadge({ run }: { run: StateFacts }) {
  const isWaiting = (run.state === "queued" || run.state === "running") && run.notBefore !== null;
  return (
    <ShownState {...shownState(run)}>
      {isWaiting && run.notBefore && (
        <span className="-ms-1">
          , goes on at <ClockTime at={run.notBefore} />
        </span>
      )}
    </ShownState>
  );
}

/** The run in one sentence, for its page. */
export function RunSentence({ run }: { run: RunView }) {
  if (run.state !== "failed" || !run.problem) return runSentence(run);
  return (
    <>
      <ErrorTitle code={run.problem.code} />.
    </>
  );
}
