import { closeAbandonedBatches, closeBatch, openBatch } from "#lib/db/run-batches.ts";
import {
  claimScores,
  countPendingScores,
  restampScores,
  settleScores,
  unsettledScores,
  type ClaimedScore,
  type ScoreSettlement,
} from "#lib/db/scores-outbox.ts";
import type { Course } from "#lib/db/generated/client.ts";
import {
  RateLimited,
  SCOPE,
  ServiceNotOffered,
  UnknownOutcome,
  type Endpoints,
} from "#lib/lti/index.ts";
import { anticipatedScopes, type PlatformTarget } from "../connect.ts";
import { Connection } from "../connection.ts";
import { RunTargetMissing } from "../errors.ts";
import type { RunHandle } from "../run-handle.ts";
import { platformHolds } from "../scores/platform-holds.ts";
import { sendBatch } from "../scores/send-batch.ts";
import type { Job, JobDeps, JobResult } from "./job.ts";

const BATCH_SIZE = 50;
const LONGEST_INLINE_WAIT_MS = 30_000;

type Sending = {
  handle: RunHandle;
  connection: Connection;
  target: PlatformTarget;
  courseId: string;
  now: () => Date;
};

/** Sends a course's pending scores in batches, each with a token that is fresh when it begins. */
export const sendScores: Job = async (handle, deps) => {
  const course = await loadCourse(handle);
  await handle.progress({ phase: "token" });
  const sending = await connect(course, handle, deps);
  await closeAbandonedBatches(handle.db, handle.run.runId);
  await settleAbandoned(sending);
  await handle.progress({ phase: "send", total: await totalOf(sending) });
  while (await sendNextBatch(sending)) handle.checkpoint();
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
  const endpoints = gradesEndpoints(course);
  const connection = new Connection(
    { cache: deps.cache, lti: deps.lti },
    {
      owner: target,
      scopes: [SCOPE.score],
      also: await anticipatedScopes(handle.db, handle.run.registrationId),
      runId: handle.run.runId,
    },
    handle.onToken,
  );
  await connection.use(endpoints);
  return { handle, connection, target, courseId: course.id, now: deps.now };
}

/**
 * What sending needs: the `score` scope. Other announced scopes are asked for in the same
 * request, but their absence must not keep a score back.
 */
function gradesEndpoints(course: Course): Endpoints {
  const isAnnounced = course.scopes.length === 0 || course.scopes.includes(SCOPE.score);
  if (!isAnnounced || !(course.lineItemsUrl || course.lineItemUrl))
    throw new ServiceNotOffered("scores");
  return {
    grades: {
      ...(course.lineItemsUrl && { lineItemsUrl: course.lineItemsUrl }),
      ...(course.lineItemUrl && { lineItemUrl: course.lineItemUrl }),
      scopes: [SCOPE.score],
    },
  };
}

/**
 * Scores that a killed worker had claimed: the platform may have them. Where it says so they
 * are settled; the others are sent again with a later timestamp.
 */
async function settleAbandoned(sending: Sending): Promise<void> {
  const { handle, target } = sending;
  const abandoned = await unsettledScores(handle.db, handle.run.runId);
  if (abandoned.length === 0) return;
  const settlements: ScoreSettlement[] = [];
  for (const score of abandoned) settlements.push(await lookUp(sending, score));
  const again = settlements.filter(({ to }) => to === "pending").map(({ score }) => score.id);
  await restampScores(handle.db, again, target.profile.timestampStepMs);
  const confirmed = settlements.length - again.length;
  await handle.transaction(async (client) => {
    await settleScores(client, handle.run, -1, settlements);
    await handle.progress({ add: { done: confirmed } }, client);
  });
  await handle.event({
    level: "warning",
    kind: "scores.recovered",
    message: `${abandoned.length} scores were in flight when the last worker stopped: ${confirmed} had arrived, ${again.length} are sent again`,
    detail: { confirmed, again: again.length },
  });
}

async function lookUp(sending: Sending, score: ClaimedScore): Promise<ScoreSettlement> {
  const { timestamp } = score;
  return (await platformHolds(sending.connection, score))
    ? { score, to: "sent", outcome: "confirmed", timestamp }
    : { score, to: "pending", outcome: "unknown", timestamp };
}

/** One batch from claim to settlement; false when nothing is left to send. */
async function sendNextBatch(sending: Sending): Promise<boolean> {
  const { handle, connection, courseId } = sending;
  await connection.fresh();
  const batch = await claimScores(handle.db, { ...handle.run, courseId }, BATCH_SIZE);
  if (batch.length === 0) return false;
  const position = await openBatch(handle.db, handle.run.runId, batch.length);
  handle.countBatch();
  const { profile } = sending.target;
  const sender = { db: handle.db, connection, target: sending.target };
  const { settlements, stoppedBy } = await sendBatch(sender, batch, profile.scoreConcurrency);
  await settle(sending, position, settlements, stoppedBy);
  if (stoppedBy instanceof RateLimited) await waitOrThrow(stoppedBy, sending);
  else if (stoppedBy !== undefined) throw stoppedBy;
  if (settlements.every(({ outcome }) => outcome === "unknown"))
    throw new UnknownOutcome("no score of the batch was answered");
  return true;
}

async function settle(
  sending: Sending,
  position: number,
  settlements: ScoreSettlement[],
  stoppedBy: unknown,
): Promise<void> {
  const { handle } = sending;
  const count = (to: ScoreSettlement["to"]) => settlements.filter((s) => s.to === to).length;
  const unknown = settlements.filter(({ outcome }) => outcome === "unknown").length;
  const [sent, rejected] = [count("sent"), count("rejected")];
  await handle.transaction(async (client) => {
    await settleScores(client, handle.run, position, settlements);
    const state = stoppedBy === undefined ? "succeeded" : "failed";
    await closeBatch(client, handle.run.runId, position, { state, sent, rejected, unknown });
    await handle.progress(
      {
        add: { done: sent, failed: rejected },
        hasMoved: sent + rejected > 0,
        tokenCase: handle.tokenCase,
      },
      client,
    );
  });
  await handle.event({
    level: rejected + unknown > 0 || stoppedBy !== undefined ? "warning" : "info",
    kind: "batch.sent",
    message: batchSentence(position, { size: settlements.length, sent, rejected, unknown }),
    detail: { position, sent, rejected, unknown },
  });
  await handle.progress({ total: await totalOf(sending) });
}

function batchSentence(
  position: number,
  {
    size,
    sent,
    rejected,
    unknown,
  }: { size: number; sent: number; rejected: number; unknown: number },
): string {
  const parts = [`${sent} of ${size} accepted`];
  if (rejected > 0) parts.push(`${rejected} rejected`);
  if (unknown > 0) parts.push(`${unknown} unanswered`);
  return `batch ${position + 1}: ${parts.join(", ")}`;
}

async function waitOrThrow(error: RateLimited, { handle, now }: Sending): Promise<void> {
  if (error.retryAt.getTime() - now().getTime() > LONGEST_INLINE_WAIT_MS) throw error;
  await handle.waitUntil(error.retryAt, error.message, now);
}

/** What the run has dealt with and what still waits: a value pushed meanwhile counts too. */
async function totalOf({ handle, courseId }: Sending): Promise<number> {
  const { done, failed } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: handle.run.runId },
    select: { done: true, failed: true },
  });
  return done + failed + (await countPendingScores(handle.db, courseId));
}

async function summary(handle: RunHandle): Promise<JobResult> {
  const { done, failed } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: handle.run.runId },
  });
  if (failed === 0) return { state: "succeeded" };
  const message = `the platform rejected ${failed} of ${done + failed} scores`;
  return {
    state: done === 0 ? "failed" : "partly_succeeded",
    error: { code: "sync.scores_rejected", message },
  };
}
