import type { Span } from "#components/ui/drawings/spans.ts";
import type { Tone } from "#components/ui/text/status.tsx";
import { batchSentence, batchTone } from "#components/runs/batches/batch-words.ts";
import { plural } from "#lib/format.ts";
import type { RunDetail, RunKind } from "#lib/operations/runs/schema.ts";
import type { CountedPart } from "./rate.ts";

/** A part of a run with the units that were dealt with in it. */
export type PartSpan = Span & CountedPart;

type Parts = {
  name: string;
  spans: (run: RunDetail, now: number) => PartSpan[];
  /** What its rate counts. */
  unit: string;
};

/** What a run of each kind consists of. */
export const PARTS: Record<RunKind, Parts> = {
  roster_sync: { name: "Courses", spans: courseSpans, unit: "members" },
  grade_sync: { name: "Batches", spans: batchSpans, unit: "scores" },
  verify: { name: "Columns", spans: columnSpans, unit: "scores" },
};

function batchSpans(run: RunDetail, now: number): PartSpan[] {
  return run.batches.map((batch) => {
    const cell = {
      position: batch.position,
      batch,
      isCancelled: run.state === "cancelled",
    };
    return {
      key: `batch-${batch.position}`,
      ...timesOf(batch, now),
      tone: batchTone(cell),
      words: batchSentence(cell),
      count: batch.sent + batch.rejected + batch.skipped,
    };
  });
}

const COURSE_TONES: Record<string, Tone> = {
  running: "active",
  succeeded: "ok",
  failed: "bad",
  held: "warn",
};

function courseSpans(run: RunDetail, now: number): PartSpan[] {
  return run.courses
    .filter(({ startedAt }) => startedAt !== null)
    .map((course) => ({
      key: course.courseId,
      ...timesOf({ ...course, startedAt: course.startedAt! }, now),
      tone: COURSE_TONES[course.state] ?? "idle",
      words: `${course.title}: ${course.state}, ${plural(course.members.seen, "member")} read`,
      href: `/courses/${course.courseId}`,
      count: course.members.seen,
    }));
}

function columnSpans(run: RunDetail, now: number): PartSpan[] {
  return run.columns.map((column) => ({
    key: column.lineItemId,
    ...timesOf(column, now),
    tone: column.state === "succeeded" ? "ok" : "bad",
    words: `${column.label}: ${plural(column.scores, "score")} ${column.state === "succeeded" ? "read back" : "not readable"}`,
    href: `/courses/${column.courseId}/proof`,
    count: column.scores,
  }));
}

/** Of something that goes on where it has no end. */
export function timesOf(part: { startedAt: string; finishedAt: string | null }, now: number) {
  const from = Date.parse(part.startedAt);
  const to = Math.max(from, part.finishedAt ? Date.parse(part.finishedAt) : now);
  return { from, to, isUnderWay: part.finishedAt === null };
}
