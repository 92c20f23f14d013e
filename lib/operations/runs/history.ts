import { RUN_PHASES } from "#lib/db/runs/phases.ts";
import type { RunColumnView, RunPhaseView, RunWaitView } from "./history-schema.ts";

/** An event as it is stored. */
export type PastEvent = { at: Date; kind: string; message: string; detail: unknown };

type Span = { from: Date; to: Date | null };

/** After these nobody works at a run until it is taken up again, if it is not over. */
const STOPS = [
  "run.retrying",
  "run.handed_back",
  "run.queued",
  "run.paused",
  "run.held",
  "run.succeeded",
  "run.partly_succeeded",
  "run.failed",
  "run.cancelled",
];
const ENDS = STOPS.slice(-4);
const TAKEN_UP = ["run.started", "run.resumed"];

/** What a run did one after the other, by its events; the last phase has no end while it goes on. */
export function phasesOf(createdAt: Date, events: readonly PastEvent[]): RunPhaseView[] {
  const phases: (Span & Pick<RunPhaseView, "phase">)[] = [
    { phase: "queued", from: createdAt, to: null },
  ];
  const enter = (phase: RunPhaseView["phase"] | null, at: Date) => {
    const last = phases.at(-1);
    if (last?.phase === phase && last.to === null) return;
    if (last) last.to ??= at;
    if (phase) phases.push({ phase, from: at, to: null });
  };
  for (const event of events) {
    const begun = RUN_PHASES.find((phase) => phase === detailOf(event).phase);
    if (event.kind === "phase.started" && begun) enter(begun, event.at);
    else if (TAKEN_UP.includes(event.kind) || ENDS.includes(event.kind)) enter(null, event.at);
    else if (isStop(event)) enter("stopped", event.at);
  }
  return phases.map(({ phase, from, to }) => ({ phase, ...spanView({ from, to }) }));
}

/**
 * When a run stood still, and why. A wait ends at the moment that was set for it, when its end is
 * told, or when the run is taken up again or over.
 */
export function waitsOf(events: readonly PastEvent[]): RunWaitView[] {
  return events.flatMap((event, index) => {
    const isWait =
      event.kind === "run.waiting" || (STOPS.includes(event.kind) && !ENDS.includes(event.kind));
    if (!isWait) return [];
    const later = events.slice(index + 1);
    const isOver = ({ kind, message }: PastEvent) =>
      TAKEN_UP.includes(kind) || (kind === "run.wait_over" && message.endsWith(reasonOf(event)));
    const told = later.find((each) => isStop(each) || isOver(each))?.at;
    const set = setEnd(event);
    const to = told && set ? new Date(Math.min(told.getTime(), set.getTime())) : (told ?? set);
    return [{ reason: reasonOf(event), ...spanView({ from: event.at, to: to ?? null }) }];
  });
}

/** The columns that a verification has read, in the order in which it did. */
export function columnsOf(events: readonly PastEvent[]): RunColumnView[] {
  return events.flatMap((event) => {
    const { lineItemId, courseId, label, startedAt, scores } = detailOf(event);
    // Events of before these facts were kept.
    if (typeof startedAt !== "string" || typeof scores !== "number") return [];
    return [
      {
        ...{ lineItemId: String(lineItemId), courseId: String(courseId), label: String(label) },
        scores,
        state: event.kind === "column.read" ? ("succeeded" as const) : ("failed" as const),
        startedAt,
        finishedAt: event.at.toISOString(),
      },
    ];
  });
}

/** How a run came by a token, by what it first said of it. */
export function cameAs(
  tokenId: string,
  events: readonly PastEvent[],
): "requested" | "cached" | "renewed" {
  const event = events.find(
    (each) => each.kind !== "token.evicted" && detailOf(each).tokenId === tokenId,
  );
  if (event?.kind === "token.refreshed") return "renewed";
  return event?.kind === "token.requested" ? "requested" : "cached";
}

/** A wait within an attempt is none; one for which the run was put back says when it comes again. */
function isStop(event: PastEvent): boolean {
  return STOPS.includes(event.kind) || detailOf(event).again !== undefined;
}

function setEnd(event: PastEvent): Date | undefined {
  const { until, ms } = detailOf(event);
  if (typeof until === "string") return new Date(until);
  return typeof ms === "number" ? new Date(event.at.getTime() + ms) : undefined;
}

function reasonOf({ message }: PastEvent): string {
  return message
    .replace(/^(waits|waiting until [^ ]+): /, "")
    .replace(/; again at [^ ]+$/, "")
    .replace(/^attempt \d+ ended: /, "");
}

function detailOf({ detail }: PastEvent): Record<string, unknown> {
  return (detail ?? {}) as Record<string, unknown>;
}

function spanView({ from, to }: Span) {
  return { startedAt: from.toISOString(), finishedAt: to?.toISOString() ?? null };
}
