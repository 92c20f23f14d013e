import type { RunState } from "../../generated/enums.ts";
import type { NewRunEvent } from "../events.ts";
import { runKind, runState } from "../../rows/enums.ts";
import { row, type RowOf } from "../../rows/shape.ts";
import { float8, int4, text, uuid } from "../../rows/types.ts";

export const movedRow = row({
  id: uuid,
  kind: runKind,
  state: runState,
  registrationId: uuid,
  courseId: uuid.nullable,
  startedBy: text,
  lease: int4,
  attempt: int4,
  done: int4,
  failed: int4,
  skipped: int4,
  /** The state that it came from. */
  formerState: runState,
  /** For how long whoever had it may still be sending. */
  formerMs: float8,
});

/** A run as a move left it. */
export type MovedRun = RowOf<typeof movedRow>;

/** What a move is told; each move takes some of it. */
export type MoveFacts = {
  /** The run does not go on before this time, and why it waits. */
  notBefore?: Date | null;
  waitReason?: string | null;
  error?: { code: string; message: string; detail?: unknown } | null;
  /** So long is the run the worker's, in milliseconds. */
  leaseMs?: number;
  /** Name of who asked for it. */
  by?: string;
};

/** `set` are the columns beside the state: of `given`, the facts, and of `run` as it was. */
export type Move = {
  from: readonly RunState[];
  to: readonly RunState[];
  when: string;
  set: string;
  event: (run: MovedRun, facts: MoveFacts) => NewRunEvent;
};

const GIVEN_WAIT = "not_before = given.not_before, wait_reason = given.wait_reason";
const NO_WAIT = "not_before = NULL, wait_reason = NULL";
const NO_ERROR = "error_code = NULL, error_message = NULL, error_detail = NULL";
const GIVEN_ERROR = `error_code = given.error_code, error_message = given.error_message,
  error_detail = given.error_detail`;
const STOPPED = "pause_requested_at = NULL";
/** The attempt said nothing about the run, so it does not count. */
const FREE = "attempt = greatest(run.attempt - 1, 0)";
const ENDED = `${NO_WAIT}, ${STOPPED}, phase = 'done', finished_at = now()`;

/**
 * Every move of a run: a state that is not in this table cannot be reached, and none is left in
 * another way. A run begins `queued` (`insertRun`).
 */
export const MOVES = {
  claim: {
    from: ["queued", "running"],
    to: ["running"],
    when: "a worker takes it, or takes it over from one that is gone",
    set: `lease = run.lease + 1, attempt = run.attempt + 1, phase = NULL, ${NO_WAIT},
      started_at = coalesce(run.started_at, now()),
      lease_until = clock_timestamp() + given.lease_ms * interval '1 millisecond'`,
    event: opening,
  },
  retry: {
    from: ["running"],
    to: ["queued"],
    when: "the attempt failed, and another may succeed later",
    set: `${GIVEN_WAIT}, ${GIVEN_ERROR}, ${STOPPED}`,
    event: ({ attempt }, facts) => ({
      level: "warning",
      kind: "run.retrying",
      message: `attempt ${attempt} ended: ${againWords(facts)}`,
      detail: { again: facts.notBefore?.toISOString() ?? null },
    }),
  },
  wait: {
    from: ["running"],
    to: ["queued"],
    when: "its platform is left alone for a while",
    set: `${GIVEN_WAIT}, ${NO_ERROR}, ${STOPPED}, ${FREE}`,
    event: (_run, facts) => ({
      level: "warning",
      kind: "run.waiting",
      message: `waits: ${againWords(facts)}`,
      detail: { again: facts.notBefore?.toISOString() ?? null },
    }),
  },
  hand_back: {
    from: ["running"],
    to: ["queued"],
    when: "its worker stops",
    set: `${NO_WAIT}, ${NO_ERROR}, ${STOPPED}, ${FREE}`,
    event: () => ({
      kind: "run.handed_back",
      message: "this worker is stopping; another goes on",
    }),
  },
  go_on: {
    from: ["running"],
    to: ["queued"],
    when: "more was added before it ended, or its pause was lifted before it stopped",
    set: `${NO_WAIT}, ${NO_ERROR}, ${STOPPED}, ${FREE}`,
    event: (_run, { waitReason }) => ({
      kind: "run.queued",
      message: `goes on: ${waitReason ?? "more was added meanwhile"}`,
    }),
  },
  pause: {
    from: ["queued", "running"],
    to: ["paused"],
    when: "an operator pauses it; one that runs stops at its next checkpoint",
    set: `not_before = NULL, wait_reason = given.wait_reason, ${NO_ERROR}, ${STOPPED},
      attempt = greatest(run.attempt - CASE WHEN former.state = 'running' THEN 1 ELSE 0 END, 0)`,
    event: (_run, { waitReason }) => ({ kind: "run.paused", message: `paused: ${waitReason}` }),
  },
  resume: {
    from: ["paused"],
    to: ["queued"],
    when: "the last pause over it is lifted",
    set: NO_WAIT,
    event: () => ({ kind: "run.queued", message: "goes on: the pause was lifted" }),
  },
  hold: {
    from: ["running"],
    to: ["held"],
    when: "removals wait for a person to decide",
    set: `${GIVEN_ERROR}, ${NO_WAIT}, ${STOPPED}`,
    event: closing,
  },
  decide: {
    from: ["held"],
    to: ["succeeded", "partly_succeeded"],
    when: "the last of its removals is decided",
    set: ENDED,
    event: closing,
  },
  end: {
    from: ["running"],
    to: ["succeeded", "partly_succeeded", "failed"],
    when: "it went to its end, or gave up",
    set: `${ENDED}, ${GIVEN_ERROR}`,
    event: closing,
  },
  cancel: {
    from: ["queued", "running", "paused", "held"],
    to: ["cancelled"],
    when: "an operator cancels it; one that runs stops at its next checkpoint",
    set: `${ENDED}, ${NO_ERROR}, cancel_requested_at = coalesce(run.cancel_requested_at, now())`,
    event: closing,
  },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof MOVES;
export type StateAfter<Name extends MoveName> = (typeof MOVES)[Name]["to"][number];

const STATES = ["queued", "running", "paused", "held"] as const;
/** States that some move leads out of. */
const UNFINISHED: readonly RunState[] = STATES.filter((state) =>
  Object.values<Move>(MOVES).some(({ from }) => from.includes(state)),
);

export function isFinished(state: RunState): boolean {
  return !UNFINISHED.includes(state);
}

function opening({ lease, attempt, startedBy }: MovedRun): NewRunEvent {
  if (lease === 1) return { kind: "run.started", message: `started for ${startedBy}` };
  const message = attempt > 1 ? `attempt ${attempt}: goes on where it was` : "goes on where it was";
  return { kind: "run.resumed", message, detail: { lease } };
}

function closing({ state, done, failed, skipped }: MovedRun, { error }: MoveFacts): NewRunEvent {
  const stays = state === "cancelled" ? "; what was accepted stays accepted" : "";
  const left = skipped > 0 ? `, ${skipped} left alone` : "";
  const why = error ? `: ${error.message}` : "";
  return {
    level: state === "succeeded" ? "info" : "warning",
    kind: `run.${state}`,
    message: `${state.replace("_", " ")}: ${done} done, ${failed} failed${left}${stays}${why}`,
  };
}

function againWords({ waitReason, notBefore }: MoveFacts): string {
  return `${waitReason}; again at ${notBefore?.toISOString()}`;
}
