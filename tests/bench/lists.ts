import { encodeCursor } from "#lib/operations/cursor.ts";
import { listAuditEntries } from "#lib/operations/audit.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { listCourses } from "#lib/operations/courses.ts";
import { listHolds } from "#lib/operations/holds.ts";
import { listMembers } from "#lib/operations/members.ts";
import { listRegistrations } from "#lib/operations/registrations.ts";
import { listOutcomes, listRuns } from "#lib/operations/runs.ts";
import { listScores } from "#lib/operations/scores.ts";
import { claimRun } from "#lib/db/run-lease.ts";
import { claimBatch } from "#lib/db/scores-outbox.ts";
import { startInstallation } from "#tests/support/installation.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import { callerOf } from "#tests/support/launching.ts";
import { databaseSize, fill, type Sizes } from "./support/fill.ts";
import { keepBenchDatabase } from "./support/kept-database.ts";
import { createBenchDatabase, type BenchServer } from "./support/stage.ts";
import { printTable, round } from "./support/table.ts";

const GOAL_MS = 100;
const CALLS_PER_ROUND = 8;
const NOBODY = "00000000-0000-7000-8000-000000000000";

/** Sizes by `BENCH_RUNS`, such as `10000,100000,1000000`; ten score outcomes for each run. */
function sizesAsked(): Sizes[] {
  const asked = (process.env.BENCH_RUNS ?? "100000").split(",").map(Number);
  return asked.map((runs) => ({ registrations: 500, courses: 20_000, runs, outcomes: runs * 10 }));
}

/** Server time of every list page and claim, over a past of each size. */
export async function benchLists(server: BenchServer, rounds: number): Promise<void> {
  for (const sizes of sizesAsked()) {
    const database = await openFilled(server, sizes);
    const installation = await startInstallation({ database, isWorker: false });
    try {
      const counts = Object.entries(sizes).map(
        ([of, size]) => `${size.toLocaleString("en")} ${of}`,
      );
      const size = await databaseSize(database.db.pool);
      const title = `Lists on the ${server.name}: ${counts.join(", ")} (${size})`;
      printTable(title, await timeLists(callerOf(installation), rounds));
    } finally {
      await installation.stop();
    }
  }
}

/** With `BENCH_KEEP=1` a filled database stays for the next time. */
async function openFilled(server: BenchServer, sizes: Sizes): Promise<TestDatabase> {
  if (process.env.BENCH_KEEP === "1")
    return keepBenchDatabase(server, `rollbook_bench_lists_${sizes.runs}`, (db) => fill(db, sizes));
  const database = await createBenchDatabase(server);
  await fill(database.db, sizes);
  return database;
}

export async function timeLists(caller: Caller, rounds: number) {
  const rows: Record<string, string>[] = [];
  for (const [operation, call] of Object.entries(await callsOver(caller)))
    rows.push({ operation, ...(await timed(call, rounds * CALLS_PER_ROUND)) });
  return rows;
}

type Call = () => Promise<unknown>;

async function timed(call: Call, times: number): Promise<Record<string, string>> {
  await call();
  const ms: number[] = [];
  for (let index = 0; index < times; index++) {
    const startedMs = performance.now();
    await call();
    ms.push(performance.now() - startedMs);
  }
  ms.sort((a, b) => a - b);
  const at = (share: number) => ms[Math.min(ms.length - 1, Math.floor(ms.length * share))]!;
  const p95 = at(0.95);
  return {
    "p50 ms": round(at(0.5)),
    "p95 ms": round(p95),
    [`p95 under ${GOAL_MS} ms`]: p95 < GOAL_MS ? "yes" : "no",
  };
}

async function callsOver(caller: Caller): Promise<Record<string, Call>> {
  const { prisma } = caller.db;
  const run = { orderBy: { createdAt: "asc" }, where: { kind: "grade_sync" } } as const;
  const { id: runId } = await prisma.run.findFirstOrThrow(run);
  const total = await prisma.run.count();
  const middle = await prisma.run.findFirstOrThrow({
    orderBy: { createdAt: "desc" },
    skip: Math.floor(total / 2),
  });
  const deep = encodeCursor([middle.createdAt.toISOString(), middle.id]);
  const [large, small] = await prisma.registration.findMany({ orderBy: { name: "asc" }, take: 2 });
  const course = await prisma.course.findFirstOrThrow({ where: { contextId: "context-1" } });
  const lastOutcome = await prisma.scoreOutcome.findFirstOrThrow({
    where: { runId },
    orderBy: { id: "desc" },
  });
  const registrationId = large!.id;
  return {
    "runs, first page": () => listRuns(caller, {}),
    "runs, a page in the middle": () => listRuns(caller, { cursor: deep }),
    "runs, failed": () => listRuns(caller, { state: ["failed"] }),
    "runs, queued or running": () => listRuns(caller, { state: ["queued", "running"] }),
    "runs, grade syncs": () => listRuns(caller, { kind: "grade_sync" }),
    "runs, failed grade syncs in the middle": () =>
      listRuns(caller, { kind: "grade_sync", state: ["failed"], cursor: deep }),
    "runs of the largest registration": () => listRuns(caller, { registrationId }),
    "runs of it, failed roster syncs": () =>
      listRuns(caller, { registrationId, kind: "roster_sync", state: ["failed"] }),
    "runs of a small registration": () => listRuns(caller, { registrationId: small!.id }),
    "runs of a course": () => listRuns(caller, { courseId: course.id }),
    "outcomes of the largest run": () => listOutcomes(caller, { runId }),
    "outcomes of it, its end": () =>
      listOutcomes(caller, { runId, cursor: encodeCursor([String(lastOutcome.id - 60n)]) }),
    "outcomes of it, rejected": () => listOutcomes(caller, { runId, kind: "rejected" }),
    "courses, first page": () => listCourses(caller, {}),
    "courses, a page in the middle": () =>
      listCourses(caller, { cursor: encodeCursor(["Course 8", NOBODY]) }),
    "courses, text": () => listCourses(caller, { q: "abc" }),
    "courses of the largest registration": () => listCourses(caller, { registrationId }),
    "courses, degraded": () => listCourses(caller, { health: "degraded" }),
    "courses, scores waiting": () => listCourses(caller, { waiting: "scores" }),
    "courses, roster stale": () => listCourses(caller, { waiting: "roster" }),
    "registrations, first page": () => listRegistrations(caller, {}),
    "members of a course of 20,000": () => listMembers(caller, { courseId: course.id }),
    "members of it, text": () => listMembers(caller, { courseId: course.id, q: "abc" }),
    "scores of a course": () => listScores(caller, { courseId: course.id }),
    "holds, first page": () => listHolds(caller, {}),
    "audit, first page": () => listAuditEntries(caller, {}),
    "audit, by an actor": () => listAuditEntries(caller, { actor: "kim" }),
    "audit, of an object": () => listAuditEntries(caller, { object: "run", objectId: runId }),
    "audit, registrations": () => listAuditEntries(caller, { object: "registration" }),
    ...(await claimsOver(caller)),
  };
}

/** Queued runs and waiting scores, each claimed once. */
async function claimsOver({ db }: Caller): Promise<Record<string, Call>> {
  const course = await db.prisma.course.findFirstOrThrow({
    where: { lineItems: { some: { scores: { some: { state: "pending" } } } } },
  });
  const queued = await db.prisma.run.findFirstOrThrow({ where: { state: "queued" } });
  let position = 0;
  return {
    "claim a run": () => claimRun(db, queued.id),
    "claim a batch of scores": async () => {
      const { lease } = await db.prisma.run.findUniqueOrThrow({ where: { id: queued.id } });
      const { registrationId, id: courseId } = course;
      const claim = { runId: queued.id, lease, registrationId, courseId };
      await claimBatch(db, claim, { position: position++, limit: 1 });
    },
  };
}
