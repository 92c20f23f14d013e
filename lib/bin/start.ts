import { readEnv } from "#lib/env.ts";
import { startConsole } from "./process/console.ts";
import { loadEnvFile } from "./process/env-file.ts";
import { runUntilTold } from "./process/run-until-told.ts";

loadEnvFile();
await runUntilTold(async () => startConsole(readEnv()));
