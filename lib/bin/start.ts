import { readEnv } from "#lib/env.ts";
import { startConsole } from "./console.ts";
import { loadEnvFile } from "./env-file.ts";
import { runUntilTold } from "./run-until-told.ts";

loadEnvFile();
await runUntilTold(async () => startConsole(readEnv()));
