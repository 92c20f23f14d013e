import { startInstallation } from "#tests/support/installation.ts";
import { callerOf } from "#tests/support/launching.ts";
import { listTable, timeLists } from "./lists.ts";
import { timeFinder } from "./search.ts";
import { fillDerived } from "./support/derived.ts";
import { databaseSize, fill } from "./support/fill.ts";
import { keepBenchDatabase } from "./support/kept-database.ts";
import { printTable } from "./support/table.ts";

/**
 * A large database that stays, on the server in DATABASE_URL, and what its lists and the finder
 * cost there: DATABASE_URL=postgres://… npx tsx tests/bench/large.ts. `npm start` on the address
 * that it prints, and tests/bench/pages.ts beside it, measure the pages.
 */
const SIZES = {
  registrations: 500,
  courses: 20_000,
  runs: 1_000_000,
  outcomes: 10_000_000,
  furtherMembers: 80,
};
const ROUNDS = 3;

const url = process.env.DATABASE_URL;
if (!url) throw new Error("DATABASE_URL says on which server");
const server = { url, name: "server", stop: async () => undefined };
const database = await keepBenchDatabase(server, "rollbook_large", async (db) => {
  await fill(db, SIZES);
  await fillDerived(db);
});
console.log(`${database.url}: ${await databaseSize(database.db.pool)}`);
const installation = await startInstallation({ database, isWorker: false });
const caller = callerOf(installation);
printTable("Finder", await timeFinder(caller, ROUNDS));
printTable("Lists", listTable({ "": await timeLists(caller, database.url, ROUNDS) }));
await installation.stop();
process.exit(0);
