import type { Caller } from "#lib/operations/caller.ts";
import { keepPeople } from "#lib/db/search/keep-people.ts";
import type { Database } from "#lib/db/client.ts";
import { search } from "#lib/operations/search/search.ts";
import { startInstallation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { fill, type Sizes } from "./support/fill.ts";
import { serverCpu } from "./support/server-cpu.ts";
import { createBenchDatabase, type BenchServer } from "./support/stage.ts";
import { printTable, round } from "./support/table.ts";
import { timed } from "./support/timed.ts";

const GOAL_MS = 100;
const CALLS_PER_ROUND = 8;

const SIZES: Sizes = {
  registrations: 500,
  courses: 20_000,
  runs: 20_000,
  outcomes: 200_000,
  furtherMembers: 80,
};

/** Server time of the finder over 20,000 courses and two million members. */
export async function benchSearch(server: BenchServer, rounds: number): Promise<void> {
  const database = await createBenchDatabase(server);
  await fill(database.db, SIZES);
  await knowAll(database.db);
  const installation = await startInstallation({ database, isWorker: false });
  try {
    const rows = await timeFinder(callerOf(installation), rounds);
    printTable(`Finder on the ${server.name}: 20,000 courses, 2 million members`, rows);
  } finally {
    await installation.stop();
  }
}

/** What each question costs the server. */
export async function timeFinder(
  caller: Caller,
  rounds: number,
): Promise<Record<string, string>[]> {
  const rows: Record<string, string>[] = [];
  for (const [what, q] of Object.entries(await questions(caller))) {
    const { items } = await search(caller, { q });
    const { p50, p95 } = await timed(() => search(caller, { q }), rounds * CALLS_PER_ROUND);
    rows.push({
      what,
      found: String(items.length),
      "p50 ms": round(p50),
      "p95 ms": round(p95),
      [`p95 under ${GOAL_MS} ms`]: p95 < GOAL_MS ? "yes" : "no",
    });
  }
  return rows;
}

/** As after a first sync of all courses, whose triggers the filling leaves out. */
async function knowAll(db: Database): Promise<void> {
  await db.pool.query(
    "INSERT INTO person_due (course_id, since) SELECT id, to_timestamp(0) FROM course",
  );
  const cpu = await serverCpu(db.pool);
  const idle = cpu();
  const startedMs = performance.now();
  while (await keepPeople(db, { waitMs: 0 }));
  const seconds = (performance.now() - startedMs) / 1_000;
  const { rows } = await db.pool.query<{ members: number; people: number }>(
    "SELECT (SELECT count(*) FROM membership)::int AS members, count(*)::int AS people FROM person",
  );
  const { members, people } = rows[0]!;
  console.log(
    `${people} people of ${members} members known to the finder in ${round(seconds)} s, ` +
      `${round(((cpu() - idle) / members) * 1e6)} ms of the database's CPU per 1,000 members`,
  );
  await db.pool.query("VACUUM ANALYZE person");
}

async function questions({ db }: Caller): Promise<Record<string, string>> {
  const { prisma } = db;
  const person = await prisma.membership.findFirstOrThrow({
    where: { userId: { startsWith: "user-8f" } },
  });
  const run = await prisma.run.findFirstOrThrow({ skip: 5_000 });
  const course = await prisma.course.findFirstOrThrow({ skip: 5_000 });
  const item = await prisma.lineItem.findFirstOrThrow({ skip: 5_000 });
  return {
    "two letters that thousands begin with": "pe",
    "two letters": "c3",
    "a given name": person.givenName!,
    "a family name": person.familyName!,
    "a whole name": person.name!,
    "an e-mail": person.email!,
    "a user ID": person.userId,
    "a SIS ID": person.lisPersonSourcedId!,
    "the beginning of a course's title": course.title.slice(0, 12),
    "a context ID": course.contextId,
    "a course's ID": course.id,
    "a service URL": course.membershipsUrl!,
    "a line item's URL": item.url,
    "a run's ID": run.id,
    "the beginning of a run's ID": run.id.slice(0, 8),
    "nothing like it": "zzzz nobody",
  };
}
