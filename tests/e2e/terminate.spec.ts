import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "@playwright/test";
import { SITE } from "./support/site.ts";

test.describe.configure({ timeout: 240_000 });

const PORT = SITE.port + 2;
const CONNECTIONS = 20;
const ASKED = ["/api/v1/registrations", "/api/v1/system", "/login", "/api/v1/overview"];

type Answer = { status: number; headers: IncomingHttpHeaders; body: string } | { failure: string };

function ask(agent: Agent, address: string): Promise<Answer> {
  return new Promise((resolve) => {
    const headers = { authorization: `Bearer ${SITE.apiKey}` };
    const options = { host: "127.0.0.1", port: PORT, path: address, agent, headers };
    const sent = httpRequest(options, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => (body += part));
      response.once("error", (error) => resolve({ failure: `broken off: ${error.message}` }));
      response.once("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ failure: error.code ?? error.message }),
    );
    sent.end();
  });
}

/** As a plain process manager starts it: the process that is told to end is npm's. */
async function startNpm(): Promise<{ npm: ChildProcess; said: () => string; dataDir: string }> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "rollbook-terminate-"));
  await chmod(dataDir, 0o711);
  const npm = spawn("npm", ["start"], {
    stdio: ["ignore", "pipe", "pipe"],
    // A group of its own, all of which can be ended where the test fails.
    detached: true,
    env: {
      ...process.env,
      PORT: String(PORT),
      ROLLBOOK_DATA_DIR: dataDir,
      ROLLBOOK_API_KEY: SITE.apiKey,
      ROLLBOOK_ADMIN_EMAIL: SITE.operator.email,
      ROLLBOOK_ADMIN_PASSWORD: SITE.operator.password,
      ROLLBOOK_LOG_LEVEL: "warn",
    },
  });
  let text = "";
  for (const stream of [npm.stdout, npm.stderr])
    stream?.on("data", (chunk: Buffer) => (text += chunk.toString()));
  return { npm, said: () => text, dataDir };
}

async function isReady(): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${PORT}/api/readyz`).catch(() => undefined);
  return answer?.ok ?? false;
}

/** Asks again and again, as a client does that stops when it is told to come back later. */
async function press(agent: Agent, answers: Answer[]): Promise<void> {
  for (let turn = 0; ; turn++) {
    const answer = await ask(agent, ASKED[turn % ASKED.length] ?? "/");
    answers.push(answer);
    if ("failure" in answer || answer.status === 503) return;
  }
}

test("SIGTERM to npm ends the server under load without an error or a broken connection", async () => {
  const { npm, said, dataDir } = await startNpm();
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  try {
    await expect.poll(isReady, { timeout: 120_000 }).toBe(true);
    const answers: Answer[] = [];
    const pressing = Array.from({ length: CONNECTIONS }, () => press(agent, answers));
    await expect.poll(() => answers.length, { timeout: 120_000 }).toBeGreaterThan(CONNECTIONS);
    const exited = once(npm, "exit");
    npm.kill("SIGTERM");
    await Promise.all(pressing);
    expect(await exited).toEqual([0, null]);

    const refused = answers.filter((each) => "status" in each && each.status === 503);
    const otherwise = answers.filter(
      (each) => !("status" in each && (each.status === 200 || each.status === 503)),
    );
    expect(otherwise, said()).toEqual([]);
    expect(refused).toHaveLength(CONNECTIONS);
    for (const each of refused)
      expect(each).toMatchObject({ headers: { "retry-after": "5", connection: "close" } });
    expect(said()).toContain("Stopping.");
    expect(said()).not.toMatch(/"level":(50|60)|Error/);
    // Nobody is left behind: neither the server nor its database.
    expect(await ask(agent, "/api/healthz")).toEqual({ failure: "ECONNREFUSED" });
    await setTimeout(200);
    expect(await postmasterOf(dataDir)).toBeUndefined();
  } finally {
    agent.destroy();
    endGroup(npm);
    await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
});

function endGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The process of the embedded database, where its file says that there is one. */
async function postmasterOf(dataDir: string): Promise<string | undefined> {
  const location = await readFile(path.join(dataDir, "database-location"), "utf8").catch(() => "");
  const file = path.join(location.trim() || dataDir, "postgres/data/postmaster.pid");
  return readFile(file, "utf8").catch(() => undefined);
}
