import type { Db } from "#lib/db/client.ts";
import type { Prisma, Run, RunBatch, RunEvent } from "#lib/db/generated/client.ts";
import { countRestorable } from "#lib/db/rosters/removals.ts";

export type RunPart = Prisma.RunCourseGetPayload<{
  include: { course: { select: { title: true } } };
}>;

export type RunParts = {
  courses: RunPart[];
  batches: RunBatch[];
  events: RunEvent[];
  /** Those that tell its phases, waits and tokens, oldest first. */
  history: RunEvent[];
  /** Those that tell of the columns a verification has read, oldest first. */
  columns: RunEvent[];
  retries: { id: string }[];
  tokens: RunToken[];
  /** People whom it removed and who can be taken back. */
  restorable: number;
};

/** A token that a run drew on; the token itself stays sealed. */
export type RunToken = {
  id: string;
  fingerprint: string;
  obtainedAt: Date;
  expiresAt: Date;
  evictedAt: Date | null;
  firstUsedAt: Date;
};

const MOST_PARTS = 1_000;
const LATEST_EVENTS = 200;
const HISTORY = ["run.", "phase.", "token."];

/** What a run consists of; of its events the latest, oldest first. */
export async function findRunParts(
  db: Db,
  { id: runId, membersRemoved }: Pick<Run, "id" | "membersRemoved">,
): Promise<RunParts> {
  const { prisma } = db;
  const courses = await prisma.runCourse.findMany({
    where: { runId },
    orderBy: { position: "asc" },
    take: MOST_PARTS,
    include: { course: { select: { title: true } } },
  });
  const batches = await prisma.runBatch.findMany({
    where: { runId },
    orderBy: { position: "desc" },
    take: MOST_PARTS,
  });
  const events = await prisma.runEvent.findMany({
    where: { runId },
    orderBy: { id: "desc" },
    take: LATEST_EVENTS,
  });
  const retries = await prisma.run.findMany({
    where: { retryOfId: runId },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  return {
    ...{ courses, retries, batches: batches.reverse(), events: events.reverse() },
    history: await latestOf(db, runId, HISTORY),
    columns: await latestOf(db, runId, ["column."]),
    tokens: await tokensOf(db, runId),
    // A large roster has many changes; most runs remove nobody.
    restorable: membersRemoved === 0 ? 0 : await countRestorable(db, runId),
  };
}

async function latestOf(db: Db, runId: string, kinds: string[]): Promise<RunEvent[]> {
  const events = await db.prisma.runEvent.findMany({
    where: { runId, OR: kinds.map((kind) => ({ kind: { startsWith: kind } })) },
    orderBy: { id: "desc" },
    take: MOST_PARTS,
  });
  return events.reverse();
}

/** In the order they were taken up. */
async function tokensOf(db: Db, runId: string): Promise<RunToken[]> {
  const uses = await db.prisma.tokenUse.findMany({
    where: { runId },
    orderBy: { firstUsedAt: "asc" },
    select: {
      firstUsedAt: true,
      accessToken: {
        select: { id: true, fingerprint: true, obtainedAt: true, expiresAt: true, evictedAt: true },
      },
    },
    take: MOST_PARTS,
  });
  return uses.map(({ firstUsedAt, accessToken }) => ({ ...accessToken, firstUsedAt }));
}
