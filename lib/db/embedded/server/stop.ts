import { runAs } from "../account.ts";
import type { ServerParts } from "./server-parts.ts";

const FAST_SECONDS = 20;
const IMMEDIATE_SECONDS = 10;

/** Stops the server: in good order, or, when that takes too long, as it is. Its log repairs that. */
export async function stopServer(parts: ServerParts): Promise<void> {
  if (await stop(parts, "fast", FAST_SECONDS)) return;
  await endServer(parts);
}

/** Ends a server at once; the next start replays its log. False when it goes on. */
export function endServer(parts: ServerParts): Promise<boolean> {
  return stop(parts, "immediate", IMMEDIATE_SECONDS);
}

async function stop(
  { cluster, binaries, account }: ServerParts,
  mode: "fast" | "immediate",
  seconds: number,
): Promise<boolean> {
  const { exitCode } = await runAs(account, binaries.pgCtl, [
    ...["stop", "--pgdata", cluster.data, "--mode", mode],
    ...["--wait", "--timeout", String(seconds)],
  ]);
  return exitCode === 0;
}
