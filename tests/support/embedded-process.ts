import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "#lib/db/embedded/index.ts";

/** Another process that holds the embedded database in `dataDir`. */
export interface EmbeddedProcess {
  url: string;
  pid: number;
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInOtherProcess(dataDir: string): Promise<EmbeddedProcess> {
  const child = fork(fileURLToPath(import.meta.url), [dataDir], {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, HOLD_EMBEDDED_DATABASE: "yes" },
  });
  const [url] = (await Promise.race([once(child, "message"), failed(child)])) as [string];
  return {
    url,
    pid: child.pid ?? 0,
    kill: () => end(child, () => child.kill("SIGKILL")),
    stop: () => end(child, () => child.send("stop")),
  };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code] = (await once(child, "exit")) as [number];
  throw new Error(`the other process ended with ${code}`);
}

async function end(child: ChildProcess, ask: () => unknown): Promise<void> {
  const exited = once(child, "exit");
  ask();
  await exited;
}

async function holdUntilTold(dataDir: string): Promise<void> {
  const database = await startEmbedded(dataDir);
  process.send?.(database.url);
  await once(process, "message");
  await database.stop();
  process.disconnect();
}

if (process.env.HOLD_EMBEDDED_DATABASE && process.argv[2]) await holdUntilTold(process.argv[2]);
