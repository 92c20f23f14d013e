import { readEnv } from "#lib/env.ts";
import { startConsole } from "./console.ts";
import { runUntilTold } from "./run-until-told.ts";

// The demo has its own data, and its platform lives on this machine.
process.env.ROLLBOOK_DATA_DIR ??= ".rollbook/demo";
process.env.ROLLBOOK_ALLOW_PRIVATE_NETWORK ??= "on";

await runUntilTold(async () => startConsole(readEnv()));
