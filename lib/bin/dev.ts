import { loadEnvFile } from "./process/env-file.ts";
import { runUntilStopped } from "./process/run-until-stopped.ts";

loadEnvFile();
// Next goes by it from the moment that it is loaded.
Object.assign(process.env, { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" });
await runUntilStopped(async () => {
  const [{ readEnv }, { startConsole }] = [
    await import("#lib/env.ts"),
    await import("./process/console.ts"),
  ];
  await startConsole(readEnv(), { isDevelopment: true });
});
