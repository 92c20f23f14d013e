import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

/** How many tests of one suite passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
}

/** Says once more at the end of a suite, a line each, what failed; `.ci/run` repeats these lines. */
export function listFailures(names: readonly string[]): void {
  for (const name of names) console.log(`✗ ${name.replaceAll(/\s+/g, " ")}`);
}

/** A suite that ends badly without naming a failed test still failed. */
export function withUnnamedFailure(exitCode: number, tally: Tally): Tally {
  const ranNothing = tally.passed + tally.failed === 0;
  const failedUnnamed = (exitCode !== 0 || ranNothing) && tally.failed === 0;
  return failedUnnamed ? { ...tally, failed: 1 } : tally;
}

/** Runs one of the project's tools in this Node, its output on our terminal. */
export function runTool(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      stdio: "inherit",
      env: { ...process.env, ...env },
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve(exitCode ?? 1));
  });
}

/** A report that a tool wrote; undefined when it ended before writing one. */
export async function readReport(file: string): Promise<unknown> {
  return readFile(file, "utf8").then(JSON.parse, () => undefined);
}
