import type { Tone } from "#components/ui/status.tsx";
import { formatCount, plural } from "#lib/format.ts";
import type { RunDetail, RunEventView, RunKind } from "#lib/operations/runs/schema.ts";

/** One thing that lasted, in milliseconds since the epoch. */
export type Span = {
  key: string;
  from: number;
  to: number;
  tone: Tone;
  isUnderWay: boolean;
  /** What it was, in a sentence without its times. */
  words: string;
  href?: string;
};

/** A row of spans that do not overlap; `marks` are moments. */
export type Lane = { name: string; spans: Span[]; marks: { at: number; words: string }[] };

export type Timeline = {
  from: number;
  to: number;
  lanes: Lane[];
  /** Units done by each moment, from nought up; empty where nothing is counted. */
  progress: { at: number; done: number }[];
  total: number;
};

/** A run as spans of time: what it waited for, the tokens it used, and its courses or batches. */
export function timelineOf(run: RunDetail, now: number): Timeline {
  const from = Date.parse(run.createdAt);
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now;
  const to = Math.max(end, from + 1_000);
  const { name: partName, spans: spansOf } = PARTS[run.kind];
  const parts = packed(spansOf(run, to));
  const lanes: Lane[] = [
    { name: "Waits", spans: waitSpans(run, from, to), marks: [] },
    { name: "Tokens", spans: tokenSpans(run, from, to), marks: tokenMarks(run.events) },
    ...parts.map((spans, row) => ({ name: row === 0 ? partName : "", spans, marks: [] })),
  ];
  return {
    from,
    to,
    lanes: lanes.filter(({ spans, marks }) => spans.length + marks.length > 0),
    ...progressOf(run),
  };
}

type Parts = {
  name: string;
  spans: (run: RunDetail, to: number) => Span[];
  /** How many units each part that ended has done. */
  ends: (run: RunDetail) => { finishedAt: string | null; count: number }[];
  unit: string;
};

/** What a run of each kind consists of; a verification has no parts of its own. */
export const PARTS: Record<RunKind, Parts> = {
  roster_sync: {
    name: "Courses",
    spans: courseSpans,
    ends: ({ courses }) =>
      courses.map(({ finishedAt, members }) => ({ finishedAt, count: members.seen })),
    unit: "members",
  },
  grade_sync: {
    name: "Batches",
    spans: batchSpans,
    ends: ({ batches }) =>
      batches.map(({ finishedAt, sent, rejected }) => ({ finishedAt, count: sent + rejected })),
    unit: "scores",
  },
  verify: { name: "Columns", spans: () => [], ends: () => [], unit: "scores" },
};

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

function batchSpans(run: RunDetail, to: number): Span[] {
  return run.batches.map((batch) => {
    const { position, sent, rejected, unknown, size, state } = batch;
    const isUnderWay = batch.finishedAt === null;
    const counts = isUnderWay
      ? "under way"
      : `${formatCount(sent)} sent, ${formatCount(rejected)} rejected, ${formatCount(unknown)} unknown`;
    const isStopped = state === "failed" && run.state === "cancelled";
    const isFlawed = rejected + unknown > 0;
    return {
      key: `batch-${position}`,
      ...times(batch, to),
      tone: isUnderWay
        ? "active"
        : isStopped
          ? "idle"
          : state === "failed"
            ? "bad"
            : isFlawed
              ? "warn"
              : "ok",
      isUnderWay,
      words: `Batch ${position + 1} of ${plural(size, "score")}: ${counts}`,
    };
  });
}

const COURSE_TONES: Record<string, Tone> = {
  running: "active",
  succeeded: "ok",
  failed: "bad",
  held: "warn",
};

function courseSpans(run: RunDetail, to: number): Span[] {
  return run.courses
    .filter(({ startedAt }) => startedAt !== null)
    .map((course) => ({
      key: course.courseId,
      ...times({ ...course, startedAt: course.startedAt! }, to),
      tone: COURSE_TONES[course.state] ?? "idle",
      isUnderWay: course.finishedAt === null,
      words: `${course.title}: ${course.state}, ${plural(course.members.seen, "member")} read`,
      href: `/courses/${course.courseId}`,
    }));
}

/** Until it was taken up, and whenever it stood still: each with its reason. */
function waitSpans(run: RunDetail, from: number, to: number): Span[] {
  const begun = run.startedAt ? Date.parse(run.startedAt) : to;
  const queued = span("queue", from, begun, "idle", "In the queue");
  const waits = run.events.flatMap((event, index): Span[] => {
    const at = Date.parse(event.at);
    if (event.kind === "run.waiting") {
      const ms = Number(event.detail?.["ms"] ?? 0);
      const until = ms > 0 ? at + ms : resumedAt(run.events, index, to);
      return [span(event.id, at, Math.min(until, to), "warn", sentence(event.message))];
    }
    if (event.kind === "run.paused")
      return [
        span(event.id, at, resumedAt(run.events, index, to), "idle", sentence(event.message)),
      ];
    return [];
  });
  return [queued, ...waits].filter((each) => each.to > each.from);
}

/** When the run went on after an event: its next one that is not a wait. */
function resumedAt(events: RunEventView[], index: number, otherwise: number): number {
  const next = events.slice(index + 1).find(({ kind }) => kind !== "run.waiting");
  return next ? Date.parse(next.at) : otherwise;
}

function tokenSpans(run: RunDetail, from: number, to: number): Span[] {
  return run.tokens.map((token, index) => {
    const until = Date.parse(token.evictedAt ?? token.expiresAt);
    const next = run.tokens[index + 1];
    const replaced = next ? Date.parse(next.firstUsedAt) : Number.POSITIVE_INFINITY;
    const ended = token.evictedAt === null ? "" : ", dropped before its end";
    return span(
      token.id,
      Math.max(from, Date.parse(token.obtainedAt)),
      Math.min(to, until, Math.max(replaced, Date.parse(token.firstUsedAt))),
      token.evictedAt === null ? "active" : "warn",
      `Token ${token.fingerprint}${ended}`,
    );
  });
}

function tokenMarks(events: RunEventView[]): Lane["marks"] {
  return events
    .filter(({ kind }) => kind.startsWith("token."))
    .map(({ at, message }) => ({ at: Date.parse(at), words: sentence(message) }));
}

function progressOf(run: RunDetail): Pick<Timeline, "progress" | "total"> {
  const ends = PARTS[run.kind].ends(run);
  let done = 0;
  const progress = ends
    .flatMap(({ finishedAt, count }) => (finishedAt ? [{ at: Date.parse(finishedAt), count }] : []))
    .sort((a, b) => a.at - b.at)
    .map(({ at, count }) => ({ at, done: (done += count) }));
  const begun = Date.parse(run.startedAt ?? run.createdAt);
  return {
    progress: progress.length > 0 ? [{ at: begun, done: 0 }, ...progress] : [],
    total: done,
  };
}

function times(part: { startedAt: string; finishedAt: string | null }, now: number) {
  const from = Date.parse(part.startedAt);
  return { from, to: Math.max(from, part.finishedAt ? Date.parse(part.finishedAt) : now) };
}

function span(key: string, from: number, to: number, tone: Tone, words: string): Span {
  return { key, from, to, tone, words, isUnderWay: false };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
