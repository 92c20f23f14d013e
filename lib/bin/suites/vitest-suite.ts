import path from "node:path";
import { z } from "zod";
import { listFailures, readReport, runTool, withUnnamedFailure, type Tally } from "./suite.ts";

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

/** Unit and integration tests, on DATABASE_URL's server where `env` gives one. */
export async function runVitest(options: {
  reportDir: string;
  name: string;
  filters: readonly string[];
  /** Of tests/vitest.config.ts; all of them unless some are named. */
  projects?: readonly string[];
  env?: Record<string, string>;
}): Promise<Tally> {
  const reportFile = path.join(options.reportDir, `${options.name}.json`);
  const exitCode = await runTool(
    "node_modules/vitest/vitest.mjs",
    [
      ...["run", "--config", "tests/vitest.config.ts", "--reporter=default", "--reporter=json"],
      ...(options.projects ?? []).map((project) => `--project=${project}`),
      ...[`--outputFile.json=${reportFile}`, ...options.filters],
    ],
    options.env,
  );
  return withUnnamedFailure(exitCode, tallyOf(await readReport(reportFile)));
}

function tallyOf(report: unknown): Tally {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 0 };
  const { numPassedTests, numFailedTests, testResults } = parsed.data;
  // A file that cannot be loaded fails without a test to its name.
  const brokenFiles = testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
  );
  listFailures([
    ...testResults.flatMap((file) =>
      file.assertionResults
        .filter((test) => test.status === "failed")
        .map((test) => `${path.relative(".", file.name)}: ${test.fullName}`),
    ),
    ...brokenFiles.map((file) => `${path.relative(".", file.name)} (no test of it could run)`),
  ]);
  return { passed: numPassedTests, failed: numFailedTests + brokenFiles.length };
}
