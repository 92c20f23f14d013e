import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { TestDatabase } from "./database.ts";
import { TEST_SECRET } from "./installation.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export type WorkerProcess = {
  readonly pid: number;
  readonly isAlive: boolean;
  /** `kill -9`: nothing is finished, nothing is handed back. */
  kill(): Promise<void>;
  /** Asks it to stop, as a service manager does. */
  terminate(): Promise<void>;
  /** Sets its wall clock so much ahead of the right time, or behind it; needs `canStepClock`. */
  setClock(offsetMs: number): void;
  /** Sends something to what `imports` brought, and waits for its answer. */
  tell(message: object): Promise<unknown>;
};

/** Starts the product's own worker as a process, as `npm run worker` does. */
export async function startWorkerProcess(
  database: TestDatabase,
  { canStepClock = false, imports: given = [] as string[] } = {},
): Promise<WorkerProcess> {
  const imports = ["tsx", "./tests/support/end-with-parent.ts", ...given];
  if (canStepClock) imports.push("./tests/chaos/stepped-clock.ts");
  const args = imports.flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...args, "lib/bin/worker.ts"], {
    cwd: root,
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      ROLLBOOK_SECRET: TEST_SECRET,
      ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
      ROLLBOOK_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const exited = once(child, "exit");
  await saysItWorks(child);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    pid: child.pid ?? 0,
    get isAlive() {
      return child.exitCode === null && child.signalCode === null;
    },
    kill: () => end("SIGKILL"),
    terminate: () => end("SIGTERM"),
    setClock: (clockOffsetMs) => void child.send({ clockOffsetMs }),
    async tell(message) {
      const answered = once(child, "message");
      child.send(message);
      return ((await answered) as [unknown])[0];
    },
  };
}

/** The stream stays open afterwards: a worker that may not write what it does would end. */
function saysItWorks(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.stdout?.on("data", (chunk) => String(chunk).includes("works") && resolve());
    child.once("exit", () => reject(new Error("the worker process ended before it worked")));
  });
}
