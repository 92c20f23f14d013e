"use client";

import { useEffect, useRef, useState } from "react";
import type { RunView } from "#lib/operations/runs/schema.ts";
import { RunSentence } from "#components/runs/run-state.tsx";
import { isActive } from "#components/states/is-active.ts";
import { handled } from "#components/runs/run-words.ts";

const QUIET_MS = 10_000;

/** Says the run's beginning, each quarter and its end to assistive technology, never in a rush. */
export function RunAnnouncer({ run }: { run: RunView }) {
  const [said, setSaid] = useState<RunView | null>(null);
  const last = useRef({ milestone: milestoneOf(run), atMs: 0 });
  const milestone = milestoneOf(run);

  useEffect(() => {
    if (milestone === last.current.milestone) return;
    const isQuiet = Date.now() - last.current.atMs < QUIET_MS;
    if (isQuiet && isActive(run)) return;
    last.current = { milestone, atMs: Date.now() };
    setSaid(run);
  }, [milestone, run]);

  return (
    <p role="status" className="sr-only">
      {said && <RunSentence run={said} />}
    </p>
  );
}

function milestoneOf(run: RunView): string {
  if (!isActive(run) || !run.total) return run.state;
  return `${run.state} ${Math.floor((4 * handled(run)) / run.total)}`;
}
