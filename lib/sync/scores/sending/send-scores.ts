import { closeAbandonedBatches, nextBatchPosition } from "#lib/db/scores/batches.ts";
import { countUnknownScores } from "#lib/db/scores/outbox.ts";
import { countPendingScores } from "#lib/db/scores/pending.ts";
import { plural } from "#lib/format.ts";
import type { Course } from "#lib/db/generated/client.ts";
import {
  contextEndpoint,
  SCOPE,
  ServiceNotOffered,
  UnknownOutcome,
  type Endpoints,
} from "#lib/lti/index.ts";
import { anticipatedScopes } from "#lib/sync/tokens/connect.ts";
import { Connection } from "#lib/sync/tokens/connection.ts";
import { outcome, RunTargetMissing } from "#lib/sync/errors.ts";
import { PlatformShare } from "#lib/sync/pacing/platform-share.ts";
import type { RunHandle } from "#lib/sync/runs/lease/run-handle.ts";
import { OverrideCheck } from "../override-check.ts";
import { recheckReturned } from "../recheck-returned.ts";
import { ScorePump } from "./score-pump.ts";
import { sendScore, type ScoreSender } from "./send-score.ts";
import { recoverInFlight } from "../recover-in-flight.ts";
import type { Job, JobDeps, JobResult } from "#lib/sync/kinds/job.ts";

const RECOUNT_MS = 2_000;

type Sending = {
  handle: RunHandle;
  share: PlatformShare;
  sender: ScoreSender;
  courseId: string;
};

/** Sends a course's pending scores in batches, each with a token that is fresh when it begins. */
export const sendScores: Job = async (handle, deps) => {
  const course = await loadCourse(handle);
  await handle.progress({ phase: "token" });
  const sending = await connect(course, handle, deps);
  try {
    await sending.share.gate();
    await closeAbandonedBatches(handle.db, handle.run.runId);
    await recoverInFlight(sending);
    await recheckReturned(sending);
    await handle.progress({ phase: "send", total: await totalOf(sending) });
    await sendAll(sending);
  } finally {
    await sending.share.release();
  }
  return summary(handle);
};

async function loadCourse(handle: RunHandle): Promise<Course> {
  const { courseId } = handle.run;
  const course =
    courseId && (await handle.db.prisma.course.findUnique({ where: { id: courseId } }));
  if (!course) throw new RunTargetMissing("course", courseId ?? "");
  return course;
}

async function connect(course: Course, handle: RunHandle, deps: JobDeps): Promise<Sending> {
  const target = await deps.loadRegistration(handle.run.registrationId);
  const { scoreConcurrency } = target.profile;
  const limits = { concurrency: scoreConcurrency, wanted: scoreConcurrency };
  const share = new PlatformShare(deps, handle, limits);
  const endpoints = gradesEndpoints(course);
  const connection = new Connection(
    { cache: deps.cache, lti: share.watching(deps.lti), watch: deps.watch },
    {
      client: target,
      scopes: endpoints.grades?.scopes ?? [],
      also: await anticipatedScopes(handle.db, handle.run.registrationId),
      runId: handle.run.runId,
    },
    handle.onToken,
  );
  await connection.use(endpoints);
  const { conflictPolicy, notFullyGraded } = course;
  const sender: ScoreSender = {
    db: handle.db,
    lease: handle.run,
    connection,
    target,
    fence: handle.fence,
    answers: () => share.answers,
    lockedColumns: new Set(),
    notFullyGraded,
    ...(conflictPolicy !== "overwrite" && {
      overrides: new OverrideCheck(connection, conflictPolicy),
    }),
  };
  return { handle, share, sender, courseId: course.id };
}

/**
 * What sending needs: the `score` scope, and `result.readonly` where the platform's value is
 * compared first. Other announced scopes are asked for in the same request, but their absence
 * must not keep a score back.
 */
function gradesEndpoints(course: Course): Endpoints {
  const isAnnounced = course.scopes.length === 0 || course.scopes.includes(SCOPE.score);
  const compares = course.conflictPolicy !== "overwrite";
  const scopes = [SCOPE.score, ...(compares ? [SCOPE.resultReadonly] : [])];
  const endpoints = isAnnounced && contextEndpoint(course, "grades", scopes);
  if (!endpoints) throw new ServiceNotOffered("scores");
  return endpoints;
}

/** Pumps until nothing is pending, and every score has an answer. */
async function sendAll(sending: Sending): Promise<void> {
  const { handle, share, sender, courseId } = sending;
  let countedMs = performance.now();
  const recount = async () => {
    if (performance.now() - countedMs < RECOUNT_MS) return;
    countedMs = performance.now();
    await handle.progress({ total: await totalOf(sending) });
  };
  const position = await nextBatchPosition(handle.db, handle.run.runId);
  const pump = new ScorePump(
    {
      handle,
      share,
      courseId,
      connection: sender.connection,
      send: (score) => sendScore(sender, score),
      onBatch: recount,
    },
    position,
  );
  await pump.run();
  await handle.progress({ total: await totalOf(sending) });
  const unknown = await countUnknownScores(handle.db, handle.run.runId);
  if (unknown > 0) throw new UnknownOutcome(`no answer to ${plural(unknown, "score")}`);
}

/** What the run has dealt with and what still waits: a value pushed meanwhile counts too. */
async function totalOf({ handle, courseId }: Sending): Promise<number> {
  const { runId } = handle.run;
  const { done, failed, skipped } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: runId },
    select: { done: true, failed: true, skipped: true },
  });
  const open =
    (await countPendingScores(handle.db, courseId)) + (await countUnknownScores(handle.db, runId));
  return done + failed + skipped + open;
}

async function summary(handle: RunHandle): Promise<JobResult> {
  const { done, failed, skipped } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: handle.run.runId },
  });
  if (failed === 0) return { state: "succeeded" };
  const { runId } = handle.run;
  const differing = await handle.db.prisma.score.count({ where: { runId, state: "conflict" } });
  const all = done + failed + skipped;
  const waiting = `${differing} of ${plural(all, "score")} wait for a decision: changed on the platform`;
  if (differing >= failed)
    return {
      state: "partly_succeeded",
      error: outcome("sync.changed_on_platform", waiting),
    };
  const wiping = await handle.db.prisma.score.count({
    where: { runId, state: "rejected", errorCode: "sync.would_wipe_grade" },
  });
  const refused = failed - differing - wiping;
  const messages = [
    ...(refused > 0 ? [`the platform rejected ${refused} of ${plural(all, "score")}`] : []),
    ...(wiping > 0
      ? [`${wiping} of ${plural(all, "score")} not sent: the platform would wipe a grade`]
      : []),
    ...(differing > 0 ? [waiting] : []),
  ];
  return {
    state: done + skipped === 0 && differing === 0 ? "failed" : "partly_succeeded",
    error: outcome(
      refused > 0 ? "sync.scores_rejected" : "sync.would_wipe_grade",
      messages.join("; "),
    ),
  };
}
