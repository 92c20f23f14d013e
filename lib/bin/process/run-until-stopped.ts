import { isCodedError } from "#lib/errors.ts";
import { shutDown, waitForEnd } from "#lib/shutdown.ts";

/** Runs `start`, waits for the process to be told to end, and finishes what `start` registered. */
export async function runUntilStopped(start: () => Promise<void>): Promise<never> {
  // Whoever reads the log may end first. An error of writing to nobody would be reported by writing
  // to nobody, and so on for ever.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  const end = waitForEnd();
  let exitCode = 0;
  try {
    await Promise.race([start().then(() => end), end]);
    console.log("Stopping.");
  } catch (error) {
    console.error(startFailure(error));
    exitCode = 1;
  }
  for (const failure of await shutDown()) {
    console.error(failure);
    exitCode = 1;
  }
  process.exit(exitCode);
}

/** One sentence for what an operator can put right; anything else with its stack. */
function startFailure(error: unknown): unknown {
  if (isCodedError(error)) return `Cannot start: ${error.message}.`;
  const { code, path: file } = (error ?? {}) as NodeJS.ErrnoException;
  if (!(error instanceof Error) || typeof file !== "string") return error;
  const isDenied = ["EACCES", "EPERM", "EROFS"].includes(code ?? "");
  const advice = isDenied ? "; give it to the account that Rollbook runs under" : "";
  return `Cannot start: ${error.message}${advice}.`;
}
