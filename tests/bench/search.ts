import type { Caller } from "#lib/operations/caller.ts";
import { search } from "#lib/operations/search/search.ts";
import { startInstallation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { fill, type Sizes } from "./support/fill.ts";
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
  const installation = await startInstallation({ database, isWorker: false });
  try {
    const caller = callerOf(installation);
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
    printTable(`Finder on the ${server.name}: 20,000 courses, 2 million members`, rows);
  } finally {
    await installation.stop();
  }
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
