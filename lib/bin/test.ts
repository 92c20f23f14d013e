import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { runPlaywright } from "./suites/playwright-suite.ts";
import { SERVER_TESTS } from "./suites/server-tests.ts";
import type { Tally } from "./suites/suite.ts";
import { runVitest } from "./suites/vitest-suite.ts";

const reportDir = await mkdtemp(path.join(tmpdir(), "rollbook-reports-"));
const given = process.argv.slice(2);

const suites: Record<string, (filters: readonly string[]) => Promise<Tally>> = {
  unit: (filters) => runVitest({ reportDir, name: "unit", filters }),
  postgres: (filters) => runOnServer(filters),
  chaos: () =>
    runVitest({
      reportDir,
      name: "chaos",
      filters: ["tests/chaos"],
      env: { CHAOS_SECONDS: process.env.CHAOS_SECONDS ?? "600" },
    }),
  e2e: (filters) => runPlaywright({ reportDir, filters }),
};

/** The same tests of what knows a database, against a server reached by DATABASE_URL alone. */
async function runOnServer(filters: readonly string[]): Promise<Tally> {
  const own = process.env.DATABASE_URL ? undefined : await startEmbedded(".rollbook/test-server");
  const url = own?.url ?? process.env.DATABASE_URL ?? "";
  try {
    return await runVitest({
      reportDir,
      name: "postgres",
      filters: filters.length > 0 ? filters : SERVER_TESTS,
      projects: ["behaviour", "routes"],
      env: { DATABASE_URL: url },
    });
  } finally {
    await own?.stop();
  }
}

const filters = given.filter((word) => !(word in suites));
const sum: Tally = { passed: 0, failed: 0 };
for (const [name, run] of Object.entries(suites)) {
  if (!given.includes(name)) continue;
  console.log(`\n── ${name} ──`);
  const tally = await run(filters);
  sum.passed += tally.passed;
  sum.failed += tally.failed;
}
await rm(reportDir, { recursive: true });
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
