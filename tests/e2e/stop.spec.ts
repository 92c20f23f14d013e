import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { findFreePort } from "#lib/bin/process/port.ts";
import { expect, test } from "./support/test.ts";

const KEY = "rbk_stop_tests_0123456789abcdef0123456789";

/** The status, or what the connection failed with. */
function ask(url: string, agent: Agent): Promise<number | string> {
  return new Promise((resolve) => {
    const asked = request(url, { agent, headers: { authorization: `Bearer ${KEY}` } });
    asked.on("response", (answer) => {
      answer.resume();
      answer.on("end", () => resolve(answer.statusCode ?? 0));
      answer.on("error", (error: NodeJS.ErrnoException) => resolve(`cut: ${error.code}`));
    });
    asked.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    asked.end();
  });
}

test("SIGTERM to `npm start` under load: every request is answered or refused, and none fails", async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), "rollbook-stop-"));
  const port = await findFreePort("127.0.0.1");
  const url = `http://127.0.0.1:${port}`;
  const npm = spawn("npm", ["start"], {
    env: {
      ...process.env,
      PORT: String(port),
      ROLLBOOK_LISTEN: "127.0.0.1",
      ROLLBOOK_DATA_DIR: dataDir,
      ROLLBOOK_API_KEY: KEY,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(npm, "exit");
  let said = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (data) => (said += data));
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  await expect.poll(() => ask(`${url}/api/readyz`, agent), { timeout: 90_000 }).toBe(200);

  const answers = new Map<number | string, number>();
  let isOver = false;
  const readers = Array.from({ length: 16 }, async () => {
    while (!isOver) {
      const answer = await ask(`${url}/api/v1/audit`, agent);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
      if (answer === "ECONNREFUSED") await delay(20);
    }
  });
  await expect.poll(() => answers.get(200) ?? 0).toBeGreaterThan(50);
  npm.kill("SIGTERM");
  await ended;
  isOver = true;
  await Promise.all(readers);
  agent.destroy();
  await expect.poll(() => ask(`${url}/api/healthz`, new Agent())).toBe("ECONNREFUSED");

  const kinds = [...answers.keys()].filter((answer) => typeof answer === "number");
  expect(kinds.filter((status) => ![200, 503].includes(status))).toEqual([]);
  expect(said).toContain("Stopping.");
  expect(said).not.toContain('"level":50');
  await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});
