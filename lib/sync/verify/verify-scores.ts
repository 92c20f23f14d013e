import {
  columnsToVerify,
  countScoresToVerify,
  keepProofCounts,
  markColumn,
  scoresOfColumn,
  storeProofs,
  type VerifiedColumn,
} from "#lib/db/proof/verify.ts";
import type { ProofCause } from "#lib/db/generated/enums.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import {
  InsufficientScope,
  AccessDenied,
  ResourceGone,
  ScopeMismatch,
  SCOPE,
  ServiceNotOffered,
  WrongContext,
  type Endpoints,
} from "#lib/lti/index.ts";
import type { Job, JobDeps, JobResult } from "../kinds/job.ts";
import { PlatformShare } from "../pacing/platform-share.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import { anticipatedScopes, type PlatformTarget } from "../tokens/connect.ts";
import { Connection } from "../tokens/connection.ts";
import { judge } from "./judge.ts";
import { readColumn } from "./read-column.ts";

type Verifying = {
  handle: RunHandle;
  share: PlatformShare;
  connection: Connection;
  target: PlatformTarget;
};

/**
 * Reads the results of every column of a course, or of all courses of a registration, once, and
 * stores what they say of each score. A column that this run has read is not read again, so that
 * whoever takes the run over goes on where it was.
 */
export const verifyScores: Job = async (handle, deps) => {
  const { db, run } = handle;
  await handle.progress({ phase: "token", total: await countScoresToVerify(db, run) });
  const verifying = await connect(handle, deps);
  try {
    await handle.progress({ phase: "fetch" });
    for (const column of await columnsToVerify(db, run)) {
      handle.checkpoint();
      await verifying.share.gate();
      await verifyColumn(verifying, column);
    }
  } finally {
    await verifying.share.release();
  }
  await keepProofCounts(db, run);
  return summary(handle);
};

async function connect(handle: RunHandle, deps: JobDeps): Promise<Verifying> {
  const { registrationId, runId } = handle.run;
  const target = await deps.loadRegistration(registrationId);
  const limits = { concurrency: target.profile.scoreConcurrency, wanted: 1 };
  const share = new PlatformShare(deps, handle, limits);
  const connection = new Connection(
    { cache: deps.cache, lti: share.watching(deps.lti) },
    {
      client: target,
      scopes: [SCOPE.resultReadonly],
      also: await anticipatedScopes(handle.db, registrationId),
      runId,
    },
    handle.onToken,
  );
  return { handle, share, connection, target };
}

async function verifyColumn(verifying: Verifying, column: VerifiedColumn): Promise<void> {
  const { handle, connection, target } = verifying;
  const { db, run } = handle;
  try {
    await connection.use(endpointsOf(column));
    const reading = await readColumn(connection, column.url);
    const scores = await scoresOfColumn(db, column.id);
    const ours = new Set(scores.map(({ userId }) => userId));
    const proofs = scores.map((score) => {
      const held = reading.held.get(score.userId);
      if (held === undefined && !reading.isWhole) return { of: score, found: unread("not_listed") };
      return { of: score, found: judge(score, held, target.profile) };
    });
    const foreign = [...reading.held].flatMap(([userId, { resultScore, resultMaximum }]) =>
      ours.has(userId) || resultScore === undefined ? [] : [{ userId, resultScore, resultMaximum }],
    );
    await handle.transaction(async (tx) => {
      await storeProofs(tx, run, column.id, { proofs, foreign });
      await markColumn(tx, column.id, false);
      await handle.progress({ add: { done: proofs.length }, hasMoved: true }, tx);
    });
  } catch (error) {
    handle.fence.check();
    const cause = isCodedError(error) ? unreadableCause(error) : undefined;
    if (!cause) throw error;
    await handle.transaction(async (tx) => {
      if (cause === "column_gone") await markColumn(tx, column.id, true);
      const scores = await scoresOfColumn(tx, column.id);
      const proofs = scores.map((score) => ({ of: score, found: unread(cause) }));
      await storeProofs(tx, run, column.id, { proofs, foreign: [] });
      await handle.progress({ add: { failed: proofs.length }, hasMoved: true }, tx);
    });
    await handle.event({
      level: "warning",
      kind: "column.unreadable",
      message: `the results of “${column.label}” cannot be read: ${(error as Error).message}`,
      detail: { lineItemId: column.id, cause },
    });
  }
  await handle.announce();
}

function endpointsOf(column: VerifiedColumn): Endpoints {
  const { lineItemsUrl, lineItemUrl } = column;
  if (!(lineItemsUrl || lineItemUrl)) throw new ServiceNotOffered("results");
  return {
    grades: {
      ...(lineItemsUrl && { lineItemsUrl }),
      ...(lineItemUrl && { lineItemUrl }),
      scopes: [SCOPE.resultReadonly],
    },
  };
}

function unread(cause: ProofCause) {
  return { proof: "unreadable", cause, score: null, maximum: null } as const;
}

/** Why this one column cannot be read; undefined where no other could be read either. */
function unreadableCause(error: CodedError): ProofCause | undefined {
  if (error instanceof ResourceGone) return "column_gone";
  const isDenied = [
    ScopeMismatch,
    InsufficientScope,
    AccessDenied,
    WrongContext,
    ServiceNotOffered,
  ];
  if (isDenied.some((kind) => error instanceof kind)) return "no_scope";
  return error.code === "lti.response_malformed" || error.code === "lti.next_page_unsafe"
    ? "not_listed"
    : undefined;
}

async function summary(handle: RunHandle): Promise<JobResult> {
  const { done, failed } = await handle.db.prisma.run.findUniqueOrThrow({
    where: { id: handle.run.runId },
  });
  if (failed === 0) return { state: "succeeded" };
  return {
    state: done === 0 ? "failed" : "partly_succeeded",
    error: {
      code: "sync.results_unreadable",
      message: `${plural(failed, "score")} could not be read back`,
    },
  };
}
