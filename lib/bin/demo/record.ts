import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { CodedError } from "#lib/errors.ts";
import { findFreePort, isPortFree } from "../process/port.ts";

/** What the demo keeps beside its database, so that the next start finds the same platform. */
const recordSchema = z.object({
  platformPort: z.number().int().positive(),
  /** Of the start before: where the console was, and its process. */
  url: z.string(),
  pid: z.number().int(),
});

export const PLATFORM_HOST = "127.0.0.1";

/** Two demos on one data folder would be two platforms with one address. */
class DemoRuns extends CodedError {
  readonly code = "bin.demo_runs" as const;

  constructor(
    readonly url: string,
    readonly pid: number,
  ) {
    super(`the demo runs already at ${url} (process ${pid}), stop that one first`);
  }
}

/** The port that the demo's registration names belongs to another program now. */
class PlatformPortTaken extends CodedError {
  readonly code = "bin.platform_port_taken" as const;

  constructor(
    readonly port: number,
    readonly dataDir: string,
  ) {
    super(
      `port ${port}, where the demo's platform lives, is taken by another program; end it, or begin again by deleting ${dataDir}`,
    );
  }
}

/**
 * Takes the demo for this process and answers the port of its platform.
 *
 * @throws DemoRuns | PlatformPortTaken
 */
export async function claimDemo(dataDir: string, url: string): Promise<number> {
  const before = await readRecord(dataDir);
  if (before && !(await isPortFree(before.platformPort, PLATFORM_HOST))) {
    if (isAlive(before.pid)) throw new DemoRuns(before.url, before.pid);
    throw new PlatformPortTaken(before.platformPort, dataDir);
  }
  const platformPort = before?.platformPort ?? (await findFreePort(PLATFORM_HOST));
  await writeRecord(dataDir, { platformPort, url, pid: process.pid });
  return platformPort;
}

async function readRecord(dataDir: string) {
  const text = await readFile(recordFile(dataDir), "utf8").catch(() => undefined);
  return text === undefined ? undefined : recordSchema.parse(JSON.parse(text));
}

async function writeRecord(dataDir: string, record: z.infer<typeof recordSchema>): Promise<void> {
  const draft = `${recordFile(dataDir)}.${process.pid}`;
  // PostgreSQL's own account must be able to enter the folder, as where the database makes it.
  await mkdir(dataDir, { recursive: true, mode: 0o711 });
  await writeFile(draft, JSON.stringify(record));
  await rename(draft, recordFile(dataDir));
}

function recordFile(dataDir: string): string {
  return path.join(dataDir, "demo.json");
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
