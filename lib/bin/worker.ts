import { startRuntime } from "#lib/runtime.ts";
import { loadEnvFile } from "./process/env-file.ts";
import { runUntilStopped } from "./process/run-until-stopped.ts";

loadEnvFile();
// Working is all that this process does, whatever the web processes are set to.
process.env.ROLLBOOK_WORKER = "on";

await runUntilStopped(async () => {
  await startRuntime();
  console.log("Rollbook works; stop it with Ctrl-C.");
});
