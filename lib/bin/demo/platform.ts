import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { CodedError } from "#lib/errors.ts";
import { PLATFORM_HOST } from "./record.ts";

const program = "tests/support/platform/main.ts";
const seed = 1869;
const options = { seed, maxPageSize: 50, tokenLifetimeSec: 90 };

/** The demo's platform ended, or did not do what was asked. */
export class DemoPlatformFailed extends CodedError {
  readonly code = "bin.demo_platform_failed" as const;

  constructor(readonly reason: string) {
    super(`the demo's platform failed: ${reason}`);
  }
}

/** An LMS that is made up, in a process of its own, driven by its control calls. */
export type DemoPlatform = {
  url: string;
  tell(call: string, input: object): Promise<unknown>;
  stop(): Promise<void>;
};

/** @throws DemoPlatformFailed */
export async function startDemoPlatform(port: number): Promise<DemoPlatform> {
  const args = ["--import", "tsx", program, "--port", String(port)];
  const child = spawn(process.execPath, [...args, "--options", JSON.stringify(options)], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    // Ctrl-C is for this process, which lets its calls in flight end before it stops the platform.
    detached: true,
  });
  await untilItListens(child);
  const url = `http://${PLATFORM_HOST}:${port}`;
  return { url, tell: (call, input) => tell(url, call, input), stop: () => end(child) };
}

/** Its first line says that it listens. */
async function untilItListens({ stdout }: ChildProcess): Promise<void> {
  const [line] = stdout ? await Promise.race([once(stdout, "data"), once(stdout, "end")]) : [];
  if (line === undefined) throw new DemoPlatformFailed("it ended before it listened");
}

async function tell(url: string, call: string, input: object): Promise<unknown> {
  const response = await fetch(`${url}/_control/${call}`, {
    method: "POST",
    body: JSON.stringify(input),
  });
  if (!response.ok) throw new DemoPlatformFailed(`${call}: ${await response.text()}`);
  return response.json();
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill();
  await exited;
}
