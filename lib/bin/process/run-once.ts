import path from "node:path";
import { isCodedError } from "#lib/errors.ts";
import type { Asker } from "#lib/operations/caller.ts";
import { startRuntime } from "#lib/runtime.ts";
import { shutDown } from "#lib/shutdown.ts";
import { loadEnvFile } from "./env-file.ts";

/** Who asks where somebody at the server's terminal does. */
export async function terminalCaller(): Promise<Asker> {
  const runtime = await startRuntime();
  return runtime.askerFor({ kind: "system", id: "system", name: "Terminal" });
}

/** Where a file is that somebody named, from wherever npm was called. */
export function fileNamed(name: string): string {
  return path.resolve(process.env.INIT_CWD ?? ".", name);
}

/**
 * Runs a command that does one thing, then ends the process with the exit code that `main` gives:
 * 2 where it throws, with `failure` before the reason.
 */
export async function runOnce(
  failure: string,
  main: (args: string[]) => Promise<number>,
): Promise<never> {
  loadEnvFile();
  // The command does nothing else, whatever the web processes are set to.
  process.env.ROLLBOOK_WORKER = "off";
  process.env.ROLLBOOK_LOG_LEVEL ??= "error";
  process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(isForOperators(error) ? `${failure}: ${error.message}.` : error);
    return 2;
  });
  await shutDown();
  process.exit();
}

/** What an operator can put right; anything else is shown with its stack. */
function isForOperators(error: unknown): error is Error {
  return isCodedError(error) || (error instanceof Error && "path" in error);
}
