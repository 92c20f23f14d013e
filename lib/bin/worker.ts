import { startRuntime } from "#lib/runtime.ts";
import { loadEnvFile } from "./process/env-file.ts";
import { runUntilTold } from "./process/run-until-told.ts";

loadEnvFile();
// Working is all that this process does, whatever the web processes were told.
process.env.ROLLBOOK_WORKER = "on";

await runUntilTold(async () => {
  await startRuntime();
  console.log("Rollbook works; stop it with Ctrl-C.");
});
