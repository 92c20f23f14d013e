import { phaseLabel } from "#components/runs/kind-words.ts";
import { inRows, type Span } from "#components/ui/drawings/spans.ts";
import { formatDuration } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { type PartSpan, PARTS, timesOf } from "./part-spans.ts";
import { rateOf, type RatePoint } from "./rate.ts";

/** Only the parts of a run have a count. */
type Lane = { name: string; spans: (Span | PartSpan)[] };

export type Timeline = {
  from: number;
  to: number;
  lanes: Lane[];
  /** When it stood still: gaps in all that it did. */
  waits: Span[];
  /** Units per second, slice by slice. */
  rate: RatePoint[];
  unit: string;
};

const MOST_ROWS = 8;

/**
 * A run as spans of time: its phases, what it waited for, the tokens it used with the moment each was
 * renewed, and its courses, batches or columns.
 */
export function timelineOf(run: RunDetail, now: number): Timeline {
  const from = Date.parse(run.createdAt);
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  const to = Math.max(end, from + 1_000);
  const { name: partName, spans: spansOf, unit } = PARTS[run.kind];
  const waits = waitSpans(run, to);
  const parts = spansOf(run, to);
  const lanes: Lane[] = [
    { name: "Phases", spans: phaseSpans(run, to) },
    { name: "Waits", spans: waits },
    { name: "Tokens", spans: [...tokenSpans(run, from, to), ...tokenMoments(run)] },
    ...inRows(parts, MOST_ROWS).map((spans, row) => ({ name: row === 0 ? partName : "", spans })),
  ];
  return {
    from,
    to,
    lanes: lanes.filter(({ spans }) => spans.length > 0),
    waits,
    rate: rateOf(parts, waits, Date.parse(run.startedAt ?? run.createdAt), to),
    unit,
  };
}

function phaseSpans(run: RunDetail, to: number): Span[] {
  return run.phases.map((phase, index) => ({
    key: `phase-${index}`,
    ...timesOf(phase, to),
    tone: phase.phase === "queued" || phase.phase === "stopped" ? "idle" : "active",
    words: phaseLabel(run, phase.phase),
  }));
}

function waitSpans(run: RunDetail, to: number): Span[] {
  return run.waits.map((wait, index) => {
    const times = timesOf(wait, to);
    return {
      key: `wait-${index}`,
      ...times,
      // A wait may have been set for longer than the run lasted.
      to: Math.min(times.to, to),
      tone: "warn",
      words: sentence(wait.reason),
    };
  });
}

function tokenSpans(run: RunDetail, from: number, to: number): Span[] {
  return run.tokens.map((token, index) => {
    const until = Date.parse(token.evictedAt ?? token.expiresAt);
    const next = run.tokens[index + 1];
    const replaced = next ? Date.parse(next.firstUsedAt) : Number.POSITIVE_INFINITY;
    const life = Date.parse(token.expiresAt) - Date.parse(token.obtainedAt);
    const ended = token.evictedAt === null ? "" : ", dropped before its end";
    return {
      key: token.id,
      from: Math.max(from, Date.parse(token.obtainedAt)),
      to: Math.min(to, until, Math.max(replaced, Date.parse(token.firstUsedAt))),
      tone: token.evictedAt === null ? "active" : "warn",
      isUnderWay: false,
      words: `Token ${token.fingerprint}, good for ${formatDuration(life)}${ended}`,
    };
  });
}

const CAME_WORDS: Record<RunDetail["tokens"][number]["cameAs"], string> = {
  requested: "Token requested",
  cached: "Token taken from the cache",
  renewed: "Token renewed",
};

/** When the run got each of its tokens. */
function tokenMoments(run: RunDetail): Span[] {
  return run.tokens.map(({ id, fingerprint, firstUsedAt, cameAs }) => {
    const at = Date.parse(firstUsedAt);
    const words = `${CAME_WORDS[cameAs]}: ${fingerprint}`;
    const moment = { from: at, to: at, isMoment: true, isUnderWay: false };
    return { key: `got-${id}`, ...moment, tone: "idle", words };
  });
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
