import { readEnv } from "#lib/env.ts";
import { startConsole } from "./console.ts";
import { runUntilTold } from "./run-until-told.ts";

await runUntilTold(async () => startConsole(readEnv()));
