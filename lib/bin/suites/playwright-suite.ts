import path from "node:path";
import { z } from "zod";
import { findBrowser } from "../setup/browser.mjs";
import { listFailures, readReport, runTool, withUnnamedFailure, type Tally } from "./suite.ts";

const specSchema = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  ok: z.boolean(),
});
const suiteSchema = z.object({
  specs: z.array(specSchema).default([]),
  get suites() {
    return z.array(suiteSchema).default([]);
  },
});
const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  suites: z.array(suiteSchema),
});

function failuresOf(suite: z.infer<typeof suiteSchema>): string[] {
  return [
    ...suite.specs
      .filter((spec) => !spec.ok)
      .map((spec) => `tests/e2e/${spec.file}:${String(spec.line)}: ${spec.title}`),
    ...suite.suites.flatMap(failuresOf),
  ];
}

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
  listFailures(parsed.data.suites.flatMap(failuresOf));
  return withUnnamedFailure(exitCode, { passed: expected + flaky, failed: unexpected });
}
