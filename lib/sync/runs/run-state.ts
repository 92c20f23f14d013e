import type { RunState } from "#lib/db/generated/enums.ts";

const MOVES: Record<RunState, readonly RunState[]> = {
  queued: ["running", "paused", "cancelled"],
  running: ["succeeded", "partly_succeeded", "failed", "held", "queued", "paused", "cancelled"],
  paused: ["queued", "cancelled"],
  held: ["queued", "succeeded", "partly_succeeded", "cancelled"],
  succeeded: [],
  partly_succeeded: [],
  failed: [],
  cancelled: [],
};

export const UNFINISHED: readonly RunState[] = ["queued", "running", "paused", "held"];

export function isFinished(state: RunState): boolean {
  return MOVES[state].length === 0;
}

export function mayMove(from: RunState, to: RunState): boolean {
  return MOVES[from].includes(to);
}
