import {
  markColumn,
  scoresOfColumn,
  storeProofs,
  type ColumnProofs,
  type VerifiedColumn,
  type VerifiedScore,
} from "#lib/db/proof/verify.ts";
import type { NewRunEvent } from "#lib/db/runs/events.ts";
import type { ProofCause } from "#lib/db/generated/enums.ts";
import { isCodedError, type CodedError } from "#lib/errors.ts";
import { plural } from "#lib/format.ts";
import {
  contextEndpoint,
  InsufficientScope,
  AccessDenied,
  OriginNotAllowed,
  ResourceGone,
  ScopeMismatch,
  SCOPE,
  ServiceNotOffered,
  WrongContext,
  type Endpoints,
} from "#lib/lti/index.ts";
import type { RunHandle } from "../runs/lease/run-handle.ts";
import type { PlatformTarget } from "../tokens/connect.ts";
import type { Connection } from "../tokens/connection.ts";
import { judge } from "./judge.ts";
import { readColumn, type ColumnReading } from "./read-column.ts";

export type Verifying = {
  handle: RunHandle;
  connection: Connection;
  target: PlatformTarget;
  now: () => Date;
};

/** Reads one column and stores what that says of its scores, or why it says nothing. */
export async function verifyColumn(verifying: Verifying, column: VerifiedColumn): Promise<void> {
  const { handle, connection, target, now } = verifying;
  const readAt = now();
  // Before the results: of what is sent while they are read they prove nothing.
  const scores = await scoresOfColumn(handle.db, column.id);
  try {
    await connection.use(endpointsOf(column));
    const reading = await readColumn(connection, column.url);
    const found = compare(scores, reading, target);
    const scoreCount = found.proofs.length;
    await store(verifying, column, {
      ...{ readAt, found, counts: "done", isGone: false },
      event: {
        kind: "column.read",
        message: `read the results of “${column.label}”: ${plural(scoreCount, "score")}`,
        detail: detailOf(column, readAt, scoreCount),
      },
    });
  } catch (error) {
    handle.fence.check();
    const cause = isCodedError(error) ? unreadableCause(error, handle.run) : undefined;
    if (!cause) throw error;
    await storeUnreadable(verifying, column, { readAt, cause, error: error as CodedError });
  }
  await handle.announce();
}

/** Every score of the column is unreadable, and why. */
export async function storeUnreadable(
  verifying: Pick<Verifying, "handle">,
  column: VerifiedColumn,
  { readAt, cause, error }: { readAt: Date; cause: ProofCause; error: CodedError },
): Promise<void> {
  const { handle } = verifying;
  const scores = await scoresOfColumn(handle.db, column.id);
  const proofs = scores.map((score) => ({ of: score, found: unread(cause) }));
  const isGone = cause === "column_gone" ? true : undefined;
  const found = { proofs, foreign: [] };
  await store(verifying, column, {
    ...{ readAt, found, counts: "failed", isGone },
    event: {
      level: "warning",
      kind: "column.unreadable",
      message: `the results of “${column.label}” cannot be read: ${error.message}`,
      detail: { ...detailOf(column, readAt, proofs.length), cause },
    },
  });
}

/** What the run's page draws of a column. */
function detailOf({ id, label, courseId }: VerifiedColumn, readAt: Date, scores: number) {
  return { lineItemId: id, label, courseId, startedAt: readAt.toISOString(), scores };
}

async function store(
  { handle }: Pick<Verifying, "handle">,
  column: VerifiedColumn,
  what: {
    readAt: Date;
    found: ColumnProofs;
    counts: "done" | "failed";
    /** Whether the platform has the column no longer; undefined where that is not known. */
    isGone: boolean | undefined;
    event: NewRunEvent;
  },
): Promise<void> {
  const { readAt, found, counts, isGone, event } = what;
  const { runId } = handle.run;
  await handle.transaction(async (tx) => {
    await storeProofs(tx, { runId, readAt }, column.id, found);
    if (isGone !== undefined) await markColumn(tx, column.id, isGone);
    await handle.progress({ add: { [counts]: found.proofs.length }, hasMoved: true }, tx);
    await handle.event(event, tx);
  });
}

function compare(
  scores: readonly VerifiedScore[],
  reading: ColumnReading,
  { profile }: PlatformTarget,
): ColumnProofs {
  const ours = new Set(scores.map(({ userId }) => userId));
  const proofs = scores.map((score) => {
    const held = reading.held.get(score.userId);
    if (held === undefined && !reading.isWhole) return { of: score, found: unread("not_listed") };
    return { of: score, found: judge(score, held, profile) };
  });
  const foreign = [...reading.held].flatMap(([userId, { resultScore, resultMaximum }]) =>
    ours.has(userId) || resultScore === undefined ? [] : [{ userId, resultScore, resultMaximum }],
  );
  return { proofs, foreign };
}

function endpointsOf(column: VerifiedColumn): Endpoints {
  const endpoints = contextEndpoint(column, "grades", [SCOPE.resultReadonly]);
  if (!endpoints) throw new ServiceNotOffered("results");
  return endpoints;
}

function unread(cause: ProofCause) {
  return { proof: "unreadable", cause, score: null, maximum: null } as const;
}

/** Why this one column cannot be read; undefined where no other could be read either. */
function unreadableCause(
  error: CodedError,
  { courseId }: Pick<RunHandle["run"], "courseId">,
): ProofCause | undefined {
  // Of many courses one may be elsewhere; of one, the run itself says what waits.
  if (error instanceof OriginNotAllowed)
    return courseId === null ? "origin_not_allowed" : undefined;
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
