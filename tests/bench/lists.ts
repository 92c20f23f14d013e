import type { Caller } from "#lib/operations/caller.ts";
import type { TestDatabase } from "#tests/support/database.ts";
import { startInstallation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { openClaims } from "./support/claim-calls.ts";
import { growthOf } from "./support/course-growth.ts";
import { COURSES_OF_FIRST, databaseSize, fill, type Sizes } from "./support/fill.ts";
import { keepBenchDatabase } from "./support/kept-database.ts";
import { listCalls } from "./support/list-calls.ts";
import { createBenchDatabase, type BenchServer } from "./support/stage.ts";
import { printTable, round } from "./support/table.ts";
import { timed, type Timing } from "./support/timed.ts";

const GOAL_MS = 100;
const CALLS_PER_ROUND = 8;

type Timings = Record<string, Timing>;

/** Sizes by `BENCH_RUNS`, such as `10000,100000,1000000`; ten score outcomes for each run. */
function sizesAsked(): Sizes[] {
  const asked = (process.env.BENCH_RUNS ?? "10000,100000,1000000").split(",").map(Number);
  return asked.map((runs) => ({ registrations: 500, courses: 20_000, runs, outcomes: runs * 10 }));
}

/**
 * Server time of every list page and claim, over a past of each size; then of what is done with
 * registrations of 10 to 10,000 courses, over the last of them.
 */
export async function benchLists(server: BenchServer, rounds: number): Promise<void> {
  const bySize: Record<string, Timings> = {};
  for (const sizes of sizesAsked()) {
    const runs = `${sizes.runs.toLocaleString("en")} runs`;
    const database = await openFilled(server, sizes);
    const installation = await startInstallation({ database, isWorker: false });
    try {
      const caller = callerOf(installation);
      const size = await databaseSize(database.db.pool);
      const title = `on the ${server.name}: ${runs}, ten times as many outcomes (${size})`;
      bySize[runs] = await timeLists(caller, database.url, rounds);
      printTable(`Lists ${title}`, listTable({ "": bySize[runs] }));
      printTable(`Registrations ${title}`, growthTable(await timeGrowth(caller, rounds)));
    } finally {
      await installation.stop();
    }
  }
  if (Object.keys(bySize).length > 1) printTable(`Lists by size`, listTable(bySize));
}

/** With `BENCH_KEEP=1` a filled database stays for the next time. */
async function openFilled(server: BenchServer, sizes: Sizes): Promise<TestDatabase> {
  if (process.env.BENCH_KEEP === "1")
    return keepBenchDatabase(server, `rollbook_bench_lists_${sizes.runs}`, (db) => fill(db, sizes));
  const database = await createBenchDatabase(server);
  await fill(database.db, sizes);
  return database;
}

export async function timeLists(caller: Caller, url: string, rounds: number): Promise<Timings> {
  const timings: Timings = {};
  for (const [operation, call] of Object.entries(await listCalls(caller)))
    timings[operation] = await timed(call, rounds * CALLS_PER_ROUND);
  const claims = await openClaims(caller.db, url);
  for (const [operation, call] of Object.entries(claims.calls))
    timings[operation] = await timed(call, rounds * CALLS_PER_ROUND);
  await claims.end();
  return timings;
}

/** Of the registrations that were filled with so many courses, the smallest first. */
async function timeGrowth(caller: Caller, rounds: number): Promise<Record<string, Timings>> {
  const registrations = await caller.db.prisma.registration.findMany({
    orderBy: { name: "asc" },
    take: COURSES_OF_FIRST.length,
  });
  const byCourses: Record<string, Timings> = {};
  for (const [index, courses] of [...COURSES_OF_FIRST.entries()].reverse())
    byCourses[`${courses.toLocaleString("en")} courses`] = await growthOf(
      caller,
      registrations[index]!,
      rounds * CALLS_PER_ROUND,
    );
  return byCourses;
}

export function listTable(bySize: Record<string, Timings>): Record<string, string>[] {
  const sizes = Object.entries(bySize);
  return Object.keys(sizes[0]?.[1] ?? {}).map((operation) => {
    const row: Record<string, string> = { operation };
    for (const [size, timings] of sizes) {
      const { p50, p95 } = timings[operation]!;
      row[`${size} p50 ms`.trim()] = round(p50);
      row[`${size} p95 ms`.trim()] = round(p95);
    }
    const slowest = Math.max(...sizes.map(([, timings]) => timings[operation]!.p95));
    return { ...row, [`p95 under ${GOAL_MS} ms`]: slowest < GOAL_MS ? "yes" : "no" };
  });
}

/** The median, and the 95th percentile beside it. */
function growthTable(byCourses: Record<string, Timings>): Record<string, string>[] {
  const columns = Object.entries(byCourses);
  return Object.keys(columns[0]?.[1] ?? {}).map((operation) => {
    const row: Record<string, string> = { operation };
    for (const [courses, timings] of columns) {
      const { p50, p95 } = timings[operation]!;
      row[courses] = `${round(p50)} (${round(p95)})`;
    }
    return row;
  });
}
