import { startRuntime } from "#lib/runtime.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { loadEnvFile } from "./process/env-file.ts";
import { startMetricsServer } from "./process/metrics-server.ts";
import { requireFreePort } from "./process/port.ts";
import { runUntilStopped } from "./process/run-until-stopped.ts";

loadEnvFile();
// Working is all that this process does, whatever the web processes are set to.
process.env.ROLLBOOK_WORKER = "on";

await runUntilStopped(async () => {
  const runtime = await startRuntime();
  const { metricsPort: port, listen: host } = runtime.env;
  if (port !== undefined) {
    await requireFreePort(port, host);
    const { close } = await startMetricsServer(runtime, { port, host });
    onShutdown(close, { name: "the metrics server", stage: "requests" });
  }
  console.log("Rollbook works; stop it with Ctrl-C.");
});
