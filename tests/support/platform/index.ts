import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createClient, type PlatformClient } from "./client.ts";
import type { PlatformOptions } from "./options.ts";
import { createPlatform } from "./server.ts";
import { issuerOf } from "./state.ts";

export type { PlatformClient } from "./client.ts";
export type { Counts } from "./counters.ts";
export type { FaultInput } from "./faults/faults.ts";
export type { PlatformOptions } from "./options.ts";
export type { ProfileName } from "./profile-names.ts";
export type { LoggedRequest } from "./request-log.ts";
export { SCOPE, MEDIA } from "./wire.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const main = fileURLToPath(new URL("main.ts", import.meta.url));

/** Starts the platform as a process of its own and answers once it listens. */
export async function startPlatform(options: PlatformOptions = {}): Promise<PlatformClient> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", main, "--options", JSON.stringify(options)],
    { cwd: root, stdio: ["ignore", "pipe", "inherit", "ipc"] },
  );
  const { url, issuer } = JSON.parse(await firstLine(child)) as { url: string; issuer: string };
  return createClient({ url, issuer, stop: () => end(child) });
}

/** The same platform in this process, for the demo and for debugging. */
export async function startPlatformInProcess(
  options: PlatformOptions = {},
): Promise<PlatformClient> {
  const platform = await createPlatform(options);
  const url = await platform.listen();
  return createClient({ url, issuer: issuerOf(platform.state), stop: platform.close });
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    const end = text.indexOf("\n");
    if (end >= 0) return text.slice(0, end);
  }
  throw new Error("the platform simulator ended before it listened");
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill();
  await exited;
}
