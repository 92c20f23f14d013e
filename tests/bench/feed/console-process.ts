import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as later } from "node:timers/promises";
import { TEST_SECRET } from "#tests/support/installation.ts";

export type ConsoleProcess = { pid: number; url: string; apiKey: string; stop(): Promise<void> };

/** The built product as `npm start` runs it, on a database of the bench. */
export async function startConsoleProcess(
  databaseUrl: string,
  { isWorker = true } = {},
): Promise<ConsoleProcess> {
  const port = Number(process.env.PORT ?? 3950);
  const apiKey = `rbk_${crypto.randomUUID().replaceAll("-", "")}`;
  const dataDir = await mkdtemp(path.join(tmpdir(), "rollbook-bench-"));
  const imports = ["tsx", "./tests/support/end-with-parent.ts"];
  const args = imports.flatMap((module) => ["--import", module]);
  const child = spawn(process.execPath, [...args, "lib/bin/start.ts"], {
    env: {
      ...process.env,
      PORT: String(port),
      DATABASE_URL: databaseUrl,
      ROLLBOOK_SECRET: TEST_SECRET,
      ROLLBOOK_API_KEY: apiKey,
      ROLLBOOK_DATA_DIR: dataDir,
      ROLLBOOK_WORKER: isWorker ? "on" : "off",
      ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
      ROLLBOOK_LOG_LEVEL: "error",
    },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the console ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/api/healthz`).catch(() => undefined);
    if (answer?.ok) break;
    await later(200);
  }
  return {
    pid: child.pid ?? 0,
    url,
    apiKey,
    async stop() {
      const exited = once(child, "exit");
      child.kill("SIGTERM");
      await exited;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
