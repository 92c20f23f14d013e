import { columnsToVerify, countScoresToVerify, type VerifiedColumn } from "#lib/db/proof/verify.ts";
import { outcome } from "../errors.ts";
import { plural } from "#lib/format.ts";
import { PlatformUnavailable, SCOPE } from "#lib/lti/index.ts";
import type { Job, JobDeps, JobResult } from "../kinds/job.ts";
import { PlatformShare } from "../pacing/platform-share.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { anticipatedScopes } from "../tokens/connect.ts";
import { Connection } from "../tokens/connection.ts";
import { storeUnreadable, verifyColumn, type Verifying } from "./verify-column.ts";

/** A column is asked for so often before it counts as one that the platform fails at. */
const MOST_READS = 3;
/** So many columns in a row without an answer mean that the platform is not well. */
const MOST_FAILED = 3;

type Verification = Verifying & { share: PlatformShare };

/**
 * Reads the results of every column of a course, or of all courses of a registration, once, and
 * stores what they say of each score. A column that this run has read is not read again, so that
 * whoever takes the run over goes on where it was; nor is one that another has read since this
 * one was asked for.
 */
export const verifyScores: Job = async (handle, deps) => {
  await handle.progress({ phase: "token", total: await totalOf(handle) });
  const verification = await connect(handle, deps);
  try {
    await handle.progress({ phase: "fetch" });
    await verifyAll(verification);
  } finally {
    await verification.share.release();
  }
  await handle.progress({ total: await totalOf(handle) });
  return summary(handle);
};

/** What the run has dealt with, and what is left to read. */
async function totalOf({ db, run }: RunHandle): Promise<number> {
  const { done, failed } = await db.prisma.run.findUniqueOrThrow({
    where: { id: run.runId },
    select: { done: true, failed: true },
  });
  return done + failed + (await countScoresToVerify(db, run));
}

async function connect(handle: RunHandle, deps: JobDeps): Promise<Verification> {
  const { registrationId, runId } = handle.run;
  const target = await deps.loadRegistration(registrationId);
  const limits = { concurrency: target.profile.scoreConcurrency, wanted: 1 };
  const share = new PlatformShare(deps, handle, limits);
  const connection = new Connection(
    { cache: deps.cache, lti: share.watching(deps.lti), watch: deps.watch },
    {
      client: target,
      scopes: [SCOPE.resultReadonly],
      also: await anticipatedScopes(handle.db, registrationId),
      runId,
    },
    handle.onToken,
  );
  return { handle, share, connection, target, now: deps.now };
}

/** `readBefore`: how many columns had been read when it was asked for first. */
type Unanswered = { column: VerifiedColumn; error: PlatformUnavailable; readBefore: number };

/**
 * Column after column. One that the platform fails at, while it answers for those after it, is
 * asked for again at the end, and then counts as one that cannot be read.
 *
 * @throws PlatformUnavailable  it may be the platform that is not well, not the column
 */
async function verifyAll(verification: Verification): Promise<void> {
  const { handle, now } = verification;
  const unanswered: Unanswered[] = [];
  let read = 0;
  let failedInARow = 0;
  for (const column of await columnsToVerify(handle.db, handle.run)) {
    const error = await tried(verification, column);
    if (!error) read += 1;
    else unanswered.push({ column, error, readBefore: read });
    failedInARow = error ? failedInARow + 1 : 0;
    if (error && failedInARow === MOST_FAILED) throw error;
  }
  for (const { column, error, readBefore } of unanswered) {
    if (read === readBefore) throw error;
    let last: PlatformUnavailable | undefined = error;
    for (let reads = 2; last && reads <= MOST_READS; reads++)
      last = await tried(verification, column);
    const cause = "no_answer";
    if (last) await storeUnreadable(verification, column, { readAt: now(), cause, error: last });
  }
}

/** Verifies a column; what the platform answered where it failed at it. */
async function tried(
  verification: Verification,
  column: VerifiedColumn,
): Promise<PlatformUnavailable | undefined> {
  verification.handle.checkpoint();
  await verification.share.gate();
  try {
    await verifyColumn(verification, column);
    return undefined;
  } catch (error) {
    if (failedAtResults(error)) return error;
    throw error;
  }
}

/** It answered, with a server error, and did not say from when on it answers better. */
function failedAtResults(error: unknown): error is PlatformUnavailable {
  if (!(error instanceof PlatformUnavailable) || error.retryAt) return false;
  return error.operation === "results.list" && error.status !== undefined;
}

async function summary(handle: RunHandle): Promise<JobResult> {
  const { done, failed } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: handle.run.runId },
  });
  if (failed === 0) return { state: "succeeded" };
  return {
    state: done === 0 ? "failed" : "partly_succeeded",
    error: outcome("sync.results_unreadable", `${plural(failed, "score")} could not be read back`),
  };
}
