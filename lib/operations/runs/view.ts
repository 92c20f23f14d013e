import type { NamedRun, OutcomeRow } from "#lib/db/runs/lists/list.ts";
import type { RunPart, RunParts, RunToken } from "#lib/db/runs/lists/parts.ts";
import type { Pause } from "#lib/db/system/pauses.ts";
import { isFinished, kindOf, type Unit } from "#lib/sync/index.ts";
import type { Caller } from "../caller.ts";
import type { Problem } from "../fields.ts";
import { withoutLaunchName } from "../launches/record/launcher-name.ts";
import { seesNames } from "../permit.ts";
import { cameAs, columnsOf, phasesOf, waitsOf } from "./history.ts";
import type {
  RunBatchView,
  RunCourseView,
  RunDetail,
  RunEventView,
  RunTokenView,
  RunView,
  ScoreOutcomeView,
} from "./schema.ts";

// Before so much time has passed an estimate would only jump about.
const TELLING_SECONDS = 5;

/** For whom a run is shown, and when. */
export type Reader = { now: Date; names: boolean };

export function readerOf({ actor, now }: Pick<Caller, "actor" | "now">): Reader {
  return { now: now(), names: seesNames(actor) };
}

export function runView(run: NamedRun, { now, names }: Reader): RunView {
  const { unit } = kindOf(run);
  return {
    id: run.id,
    kind: run.kind,
    state: run.state,
    registrationId: run.registrationId,
    registrationName: run.registration.name,
    platform: run.registration.profile,
    courseId: run.courseId,
    courseTitle: run.course?.title ?? null,
    trigger: run.trigger,
    startedBy: names ? run.startedBy : withoutLaunchName(run.startedBy),
    retryOfId: run.retryOfId,
    isPreview: run.isPreview,
    appliesId: run.appliesId,
    notBefore: time(run.notBefore),
    waitReason: run.waitReason,
    attempt: run.attempt,
    cancelRequested: run.cancelRequestedAt !== null,
    phase: run.phase as RunView["phase"],
    total: run.total,
    done: run.done,
    failed: run.failed,
    skipped: run.skipped,
    unit: unit.many,
    members: members(run),
    ...pace(run, unit, now),
    token: {
      case: run.tokenCase,
      requested: run.tokensRequested,
      reused: run.tokensReused,
      refreshed: run.tokensRefreshed,
      endpointSwaps: run.endpointSwaps,
    },
    problem: problem(run),
    createdAt: run.createdAt.toISOString(),
    startedAt: time(run.startedAt),
    finishedAt: time(run.finishedAt),
  };
}

export type RunSurroundings = { parts: RunParts; pause: Pause | null };

export function runDetail(
  run: NamedRun,
  { parts, pause }: RunSurroundings,
  reader: Reader,
): RunDetail {
  return {
    ...runView(run, reader),
    pause: pause && { ...pause, at: pause.at.toISOString() },
    scheduleId: run.scheduleId,
    courses: parts.courses.map(courseOf),
    batches: parts.batches.map(batchOf),
    columns: columnsOf(parts.columns),
    phases: phasesOf(run.createdAt, parts.history),
    waits: waitsOf(parts.history),
    events: parts.events.map(eventOf),
    retries: parts.retries.map(({ id }) => id),
    tokens: parts.tokens.map((token) => tokenOf(token, parts)),
    restorable: parts.restorable,
    canCancel: !isFinished(run.state) && run.cancelRequestedAt === null,
    canRetry: isFinished(run.state) && run.state !== "succeeded",
  };
}

export function outcomeView(row: OutcomeRow, names: boolean): ScoreOutcomeView {
  const { id, errorCode, errorMessage, timestamp, at, ...facts } = row;
  return {
    ...facts,
    name: names ? facts.name : null,
    id: String(id),
    timestamp: timestamp.toISOString(),
    at: at.toISOString(),
    problem: problem({ errorCode, errorMessage }),
  };
}

function courseOf(part: RunPart): RunCourseView {
  return {
    courseId: part.courseId,
    title: part.course.title,
    state: part.state,
    pages: part.pages,
    members: members(part),
    quarantined: part.quarantined as RunCourseView["quarantined"],
    problem: problem(part),
    startedAt: time(part.startedAt),
    finishedAt: time(part.finishedAt),
  };
}

function batchOf(batch: RunParts["batches"][number]): RunBatchView {
  const { position, state, size, sent, rejected, skipped, unknown } = batch;
  const startedAt = batch.startedAt.toISOString();
  return {
    position,
    state,
    size,
    sent,
    rejected,
    skipped,
    unknown,
    startedAt,
    finishedAt: time(batch.finishedAt),
  };
}

function tokenOf({ id, fingerprint, ...times }: RunToken, { history }: RunParts): RunTokenView {
  return {
    id,
    fingerprint,
    obtainedAt: times.obtainedAt.toISOString(),
    expiresAt: times.expiresAt.toISOString(),
    evictedAt: time(times.evictedAt),
    firstUsedAt: times.firstUsedAt.toISOString(),
    cameAs: cameAs(id, history),
  };
}

function eventOf(event: RunParts["events"][number]): RunEventView {
  return {
    id: String(event.id),
    at: event.at.toISOString(),
    level: event.level as RunEventView["level"],
    kind: event.kind,
    message: event.message,
    detail: event.detail as RunEventView["detail"],
  };
}

type MemberCounts = Pick<
  NamedRun,
  "membersSeen" | "membersAdded" | "membersChanged" | "membersRemoved"
>;

function members(counts: MemberCounts): RunView["members"] {
  return {
    seen: counts.membersSeen,
    added: counts.membersAdded,
    changed: counts.membersChanged,
    removed: counts.membersRemoved,
  };
}

export function problem(failed: {
  errorCode: string | null;
  errorMessage: string | null;
  errorDetail?: unknown;
}): Problem | null {
  if (failed.errorCode === null) return null;
  const { errorCode: code, errorMessage, errorDetail } = failed;
  const detail = errorDetail as Problem["detail"] | null | undefined;
  return { code, message: errorMessage ?? "", ...(detail && { detail }) };
}

function pace(
  run: NamedRun,
  { estimatedFrom }: Unit,
  now: Date,
): Pick<RunView, "ratePerSecond" | "secondsLeft"> {
  const nothing = { ratePerSecond: null, secondsLeft: null };
  if (!run.startedAt) return nothing;
  const seconds = ((run.finishedAt ?? now).getTime() - run.startedAt.getTime()) / 1_000;
  const dealtWith = run.done + run.failed + run.skipped;
  if (seconds <= 0 || dealtWith === 0) return nothing;
  const ratePerSecond = dealtWith / seconds;
  const isTelling = seconds >= TELLING_SECONDS && dealtWith >= estimatedFrom;
  if (run.state !== "running" || run.total === null || !isTelling)
    return { ratePerSecond, secondsLeft: null };
  return { ratePerSecond, secondsLeft: Math.max(0, (run.total - dealtWith) / ratePerSecond) };
}

function time(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}
