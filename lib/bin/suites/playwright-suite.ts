import path from "node:path";
import { z } from "zod";
import { findBrowser } from "../setup/browser.mjs";
import { readReport, runTool, withUnnamedFailure, type Tally } from "./suite.ts";

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
});

/** Browser tests on the built console. */
export async function runPlaywright(options: {
  reportDir: string;
  filters: readonly string[];
}): Promise<Tally> {
  const reportFile = path.resolve(options.reportDir, "e2e.json");
  const browser = await findBrowser();
  const exitCode = await runTool(
    "node_modules/@playwright/test/cli.js",
    [
      ...["test", "--config", "tests/e2e/playwright.config.ts", "--reporter=list,json"],
      ...options.filters,
    ],
    { PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile, ...(browser ? { CHROME: browser } : {}) },
  );
  const parsed = reportSchema.safeParse(await readReport(reportFile));
  if (!parsed.success) return withUnnamedFailure(exitCode, { passed: 0, failed: 0 });
  const { expected, unexpected, flaky } = parsed.data.stats;
  return withUnnamedFailure(exitCode, { passed: expected + flaky, failed: unexpected });
}
