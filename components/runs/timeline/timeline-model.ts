import { phaseLabel } from "#components/runs/kind-words.ts";
import { formatDuration } from "#lib/format.ts";
import type { RunDetail } from "#lib/operations/runs/schema.ts";
import { PARTS, timesOf } from "./part-spans.ts";
import { countedParts, rateOf, type RatePoint } from "./rate.ts";
import type { Span } from "./span.ts";

/** A row of spans that do not overlap, apart from moments. */
export type Lane = { name: string; spans: Span[] };

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
  const lanes: Lane[] = [
    { name: "Phases", spans: phaseSpans(run, to) },
    { name: "Waits", spans: waits },
    { name: "Tokens", spans: [...tokenSpans(run, from, to), ...tokenMoments(run)] },
    ...packed(spansOf(run, to)).map((spans, row) => ({ name: row === 0 ? partName : "", spans })),
  ];
  return {
    from,
    to,
    lanes: lanes.filter(({ spans }) => spans.length > 0),
    waits,
    rate: rateOf(countedParts(run, to), waits, Date.parse(run.startedAt ?? run.createdAt), to),
    unit,
  };
}

const MOST_ROWS = 8;

/** Spans in as few rows as keep them apart; what finds no row lies in the last one. */
function packed(spans: Span[]): Span[][] {
  const rows: Span[][] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const free = rows.find((row) => (row.at(-1)?.to ?? 0) <= span.from);
    if (free) free.push(span);
    else if (rows.length < MOST_ROWS) rows.push([span]);
    else rows.at(-1)!.push(span);
  }
  return rows;
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
  return run.waits.map((wait, index) => ({
    key: `wait-${index}`,
    ...timesOf(wait, to),
    to: Math.min(timesOf(wait, to).to, to),
    tone: "warn",
    words: sentence(wait.reason),
  }));
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
