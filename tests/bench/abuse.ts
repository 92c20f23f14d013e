import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { Agent, request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { startEmbedded } from "#lib/db/embedded/index.ts";
import { querySql } from "#tests/support/database.ts";
import { printTable, round } from "./support/table.ts";

/**
 * What the built server still answers while others abuse it: npx tsx tests/bench/abuse.ts. Each
 * request comes from an address of its own, so that no limit of an address helps.
 */
const PORT = Number(process.env.PORT ?? 3950);
const API_KEY = "rbk_measurement_0123456789abcdef0123456789ab";
const GUESSERS = 60;
const GUESS_SECONDS = 20;
const FILES = 4;
const LOGINS = 20_000;
const PROBE_PAUSE_MS = 50;

type Sent = { method?: string; path: string; headers?: Record<string, string>; body?: Buffer };
type Got = { status: number; body: string; ms: number };

const agent = new Agent({ keepAlive: true, maxSockets: GUESSERS });
const ownAgent = new Agent({ keepAlive: true });

function send({ method = "GET", path, headers, body }: Sent, by = agent): Promise<Got> {
  return new Promise((resolve, reject) => {
    const beganAt = performance.now();
    const options = { host: "127.0.0.1", port: PORT, method, path, agent: by };
    const sent = httpRequest(
      { ...options, headers: { "x-forwarded-for": someAddress(), ...headers } },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            body: Buffer.concat(parts).toString(),
            ms: performance.now() - beganAt,
          }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

let addresses = 0;
function someAddress(): string {
  addresses += 1;
  return `10.${(addresses >> 16) & 255}.${(addresses >> 8) & 255}.${addresses & 255}`;
}

/** How long others wait meanwhile for the simplest answer there is. */
async function probing(work: () => Promise<Record<string, string>>, what: string) {
  const waits: number[] = [];
  let isOver = false;
  const probe = async () => {
    while (!isOver) {
      waits.push((await send({ path: "/api/healthz" }, ownAgent)).ms);
      await setTimeout(PROBE_PAUSE_MS);
    }
  };
  const probed = probe();
  const beganAt = performance.now();
  const found = await work();
  const seconds = (performance.now() - beganAt) / 1_000;
  isOver = true;
  await probed;
  const sorted = waits.sort((a, b) => a - b);
  const at = (share: number) => round(sorted[Math.ceil(share * sorted.length) - 1] ?? NaN);
  return {
    load: what,
    "healthz p50 ms": at(0.5),
    "p95 ms": at(0.95),
    "max ms": at(1),
    probes: String(waits.length),
    seconds: round(seconds),
    ...found,
  };
}

/** A sign-in as a browser without scripts posts it. */
async function signInForm(): Promise<[string, string][]> {
  const { body } = await send({ path: "/login" });
  const fields = [...body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
  return fields.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]);
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value.replaceAll("&quot;", '"').replaceAll("&amp;", "&");
}

async function guess(): Promise<Record<string, string>> {
  const hidden = await signInForm();
  const statuses: Record<string, number> = {};
  const endsAt = performance.now() + GUESS_SECONDS * 1_000;
  let guesses = 0;
  const guesser = async () => {
    while (performance.now() < endsAt) {
      guesses += 1;
      const form = new FormData();
      for (const [name, value] of hidden) form.set(name, value);
      form.set("email", `somebody-${guesses}@example.edu`);
      form.set("password", "not the password of anybody");
      const asked = new Request("http://localhost/", { method: "POST", body: form });
      const { status, body } = await send({
        method: "POST",
        path: "/login",
        headers: { "content-type": asked.headers.get("content-type") ?? "" },
        body: Buffer.from(await asked.arrayBuffer()),
      });
      const words = /is not right|too many|try again/i.exec(body)?.[0]?.toLowerCase() ?? "other";
      const key = `${status} ${words}`;
      statuses[key] = (statuses[key] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: GUESSERS }, guesser));
  return { found: JSON.stringify(statuses) };
}

async function preview(lineItemId: string): Promise<Record<string, string>> {
  const csv = Buffer.from(`userId,score\n${"a,1\n".repeat(2_490_000)}`);
  const statuses: number[] = [];
  await Promise.all(
    Array.from({ length: FILES }, async () => {
      const { status } = await send({
        method: "POST",
        path: `/api/v1/line-items/${lineItemId}/scores/csv/preview`,
        headers: { authorization: `Bearer ${API_KEY}`, "content-type": "text/csv" },
        body: csv,
      });
      statuses.push(status);
    }),
  );
  return { found: `${(csv.length / 1e6).toFixed(1)} MB each, ${statuses.join(" ")}` };
}

async function begin(count: number, clientId: string): Promise<Record<string, string>> {
  const query = new URLSearchParams({
    iss: ISSUER,
    client_id: clientId,
    login_hint: "somebody",
    target_link_uri: `http://localhost:${PORT}/lti/launch?${"x".repeat(1_500)}`,
  });
  const statuses: Record<number, number> = {};
  let left = count;
  const initiator = async () => {
    while (left-- > 0) {
      const { status } = await send({ path: `/lti/login?${query}` });
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, initiator));
  return { found: JSON.stringify(statuses) };
}

const ISSUER = "https://lms.example.edu";

async function post(to: string, body: object): Promise<{ id: string }> {
  const headers = { authorization: `Bearer ${API_KEY}`, "content-type": "application/json" };
  const sent = { method: "POST", path: `/api/v1${to}`, headers };
  const { status, body: answer } = await send({ ...sent, body: Buffer.from(JSON.stringify(body)) });
  if (status !== 201) throw new Error(`${to}: ${status} ${answer}`);
  return JSON.parse(answer) as { id: string };
}

async function objects() {
  const { id: registrationId } = await post("/registrations", {
    name: "Measured College",
    profile: "other",
    issuer: ISSUER,
    clientId: "measured",
    tokenEndpoint: `${ISSUER}/token`,
    authorizationEndpoint: `${ISSUER}/authorize`,
    jwksUrl: `${ISSUER}/jwks`,
    deploymentIds: ["1"],
  });
  const { id: courseId } = await post("/courses", {
    registrationId,
    deploymentId: "1",
    title: "Measured",
    contextId: "1",
    membershipsUrl: `${ISSUER}/members`,
    lineItemsUrl: `${ISSUER}/line_items`,
  });
  const column = { url: `${ISSUER}/line_items/1`, label: "Essay", scoreMaximum: 100 };
  return { lineItemId: (await post(`/courses/${courseId}/line-items`, column)).id };
}

/** Resident memory of the server, which is the only child of npm's process. */
async function memoryMiB(npm: number): Promise<number> {
  const children = await readFile(`/proc/${npm}/task/${npm}/children`, "utf8");
  const status = await readFile(`/proc/${children.trim().split(" ")[0]}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
}

const dataDir = await mkdtemp(path.join(tmpdir(), "rollbook-abuse-"));
await chmod(dataDir, 0o711);
const npm = spawn("npm", ["start"], {
  stdio: ["ignore", "ignore", "inherit"],
  env: {
    ...process.env,
    PORT: String(PORT),
    ROLLBOOK_DATA_DIR: dataDir,
    ROLLBOOK_API_KEY: API_KEY,
    ROLLBOOK_ADMIN_EMAIL: "ada@example.edu",
    ROLLBOOK_ADMIN_PASSWORD: "correct horse battery",
    ROLLBOOK_TRUSTED_PROXIES: "1",
    ROLLBOOK_LOG_LEVEL: "error",
  },
});
const isReady = () =>
  send({ path: "/api/readyz" }, ownAgent).then(
    ({ status }) => status === 200,
    () => false,
  );
while (!(await isReady())) await setTimeout(500);
const { lineItemId } = await objects();
const memory = async () => round(await memoryMiB(npm.pid ?? 0));
const rows: Record<string, string>[] = [];
const measure = async (what: string, work: () => Promise<Record<string, string>>) => {
  const row = { ...(await probing(work, what)), "MiB after": await memory() };
  rows.push(row);
  // What is known by then is not lost where a later one takes too long.
  console.error(JSON.stringify(row));
};

await setTimeout(3_000);
await measure("nothing", async () => {
  await setTimeout(10_000);
  return { found: "" };
});
await measure(`${GUESSERS} guessing passwords`, guess);
await measure(`${FILES} previews of a CSV`, () => preview(lineItemId));
await measure("1,000 logins", () => begin(1_000, "measured"));
await measure("20,000 logins", () => begin(LOGINS, "measured"));
const database = await startEmbedded(dataDir);
const [{ count } = { count: "?" }] = await querySql<{ count: string }>(
  database.url,
  "SELECT count(*) AS count FROM launch",
);
await database.stop();
printTable("Abuse", rows);
console.log(`\nRows of launches after all logins: ${count}`);
const ended = once(npm, "exit");
npm.kill("SIGTERM");
await ended;
agent.destroy();
ownAgent.destroy();
await rm(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
