import { setTimeout as sleep } from "node:timers/promises";
import { getRuntime } from "#lib/runtime.ts";
import { onShutdown } from "#lib/shutdown.ts";
import { startConsole } from "./process/console.ts";
import { furnishConsole } from "./demo/furnish-console.ts";
import { furnishPlatform } from "./demo/furnish-platform.ts";
import { startDemoPlatform } from "./demo/platform.ts";
import { claimDemo } from "./demo/record.ts";
import { useDemoSettings } from "./demo/settings.ts";
import { makeHistory } from "./demo/history/history.ts";
import { requireFreePort } from "./process/port.ts";
import { runUntilStopped } from "./process/run-until-stopped.ts";

/** Its history goes on where it takes longer. */
const LONGEST_WAIT_MS = 8_000;

await runUntilStopped(async () => {
  const env = useDemoSettings();
  const platformPort = await claimDemo(env.dataDir, env.url);
  await requireFreePort(env.port);
  const platform = await startDemoPlatform(platformPort);
  // Registered first, so stopped last: the engine's calls in flight end before.
  onShutdown(platform.stop, { name: "the made-up LMS" });
  const made = await furnishPlatform(platform, env.url);
  // Its password is printed for everybody to read, so it is for this machine alone.
  await startConsole(env, isLoopback(env.url) ? { host: "127.0.0.1" } : {});
  const runtime = await getRuntime();
  const caller = runtime.askerFor({ kind: "system", id: "system", name: "The demo" });
  const demo = { caller, platform, made };
  await furnishConsole(demo);
  const stopping = new AbortController();
  onShutdown(async () => stopping.abort(), { name: "the demo's history" });
  const history = makeHistory({ ...demo, runtime, signal: stopping.signal }).catch((error) => {
    if (!stopping.signal.aborted) console.error("The demo's history failed:", error);
  });
  await Promise.race([history, sleep(LONGEST_WAIT_MS, undefined, { ref: false })]);
  console.log(`Demo platform: ${platform.url}, with ${made.courses.size} courses to open as an LMS does.
Sign in at ${env.url} as ${env.admin?.email} with the password ${env.admin?.password}
The REST API takes the key ${env.apiKey}: curl -H "Authorization: Bearer ${env.apiKey}" ${env.url}/api/v1/courses
Stop the demo with Ctrl-C; its data is in ${env.dataDir}.`);
});

/** Unless ROLLBOOK_URL says that others are to reach it. */
function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1"].includes(new URL(url).hostname);
}
