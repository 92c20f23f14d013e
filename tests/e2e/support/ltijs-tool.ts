import { execFile, spawn, type ChildProcess } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const SAMPLE = path.join(import.meta.dirname, "../../app/samples/ltijs");

export type LtijsTool = {
  url: string;
  /** The private key that ltijs made for the platform, as Rollbook imports it. */
  exportKey(): Promise<{ key: string; kid: string }>;
  start(): Promise<void>;
  stop(): Promise<void>;
};

/** The sample of docs/integrating.md with what its lock file names, in a folder of its own. */
export async function installLtijsTool(env: Record<string, string>): Promise<LtijsTool> {
  const folder = await mkdtemp(path.join(tmpdir(), "ltijs-tool-"));
  await cp(SAMPLE, folder, { recursive: true });
  await run("npm", ["ci", "--ignore-scripts", "--prefer-offline"], { cwd: folder });
  const port = await freePort();
  const given = {
    ...process.env,
    ...env,
    PORT: String(port),
    TOOL_SECRET: crypto.randomUUID(),
    TOOL_DATABASE: path.join(folder, "database.json"),
  };
  let server: ChildProcess | undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    exportKey: async () => {
      const { stdout } = await run(process.execPath, ["export-key.mjs"], {
        cwd: folder,
        env: { ...given, ...env },
      });
      return JSON.parse(stdout) as { key: string; kid: string };
    },
    start: async () => {
      server = spawn(process.execPath, ["tool.mjs"], {
        cwd: folder,
        env: { ...given, ...env },
        stdio: ["ignore", "pipe", "inherit"],
      });
      await new Promise<void>((resolve, reject) => {
        server?.stdout?.once("data", () => resolve());
        server?.once("exit", (code) => reject(new Error(`the tool ended with ${code}`)));
      });
    },
    stop: async () => {
      server?.kill("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
