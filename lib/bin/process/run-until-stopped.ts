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
    console.error(isCodedError(error) ? `Cannot start: ${error.message}.` : error);
    exitCode = 1;
  }
  for (const failure of await shutDown()) {
    console.error(failure);
    exitCode = 1;
  }
  process.exit(exitCode);
}
