import { readEnv } from "#lib/env.ts";
import { startConsole } from "./process/console.ts";
import { loadEnvFile } from "./process/env-file.ts";
import { runUntilStopped } from "./process/run-until-stopped.ts";

loadEnvFile();
await runUntilStopped(async () => startConsole(readEnv()));
