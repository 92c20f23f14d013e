import type pg from "pg";
import { Agent } from "undici";
import { addCourse, register } from "#tests/support/installation.ts";
import { MEDIA, SCOPE } from "#tests/support/platform/index.ts";
import { cpuPerThousand, measure, perSecond, spread, type Cost } from "./support/measure.ts";
import { serverCpu } from "./support/server-cpu.ts";
import { openStage, runInWorker, type BenchServer, type Stage } from "./support/stage.ts";
import { printTable, round, spreadWords } from "./support/table.ts";

type Case = { title: string; courses: number; members: number };

const CASES: Case[] = [
  { title: "100 courses × 1,000", courses: 100, members: 1_000 },
  { title: "one course × 100,000", courses: 1, members: 100_000 },
];

const WARM_UP_COURSES = 5;

type Member = Record<string, unknown>;
type Costs = Record<"read" | "upsert", Cost[]> & Record<"first" | "again", SyncCost[]>;
type SyncCost = Cost & { serverCpuSeconds: number };

/** Members a second with diff and upsert, beside a client that only reads and one that only writes. */
export async function benchRosters(server: BenchServer, rounds: number): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const given of CASES) {
    const costs: Costs = { read: [], upsert: [], first: [], again: [] };
    let tokens = 0;
    for (let index = 0; index < rounds; index++) {
      const stage = await openStage(server);
      try {
        await measureRound(stage, given, costs);
        const { tokensIssuedByClient } = await stage.platform.counts();
        tokens = tokensIssuedByClient[stage.registration.clientId] ?? 0;
      } finally {
        await stage.end();
      }
    }
    rows.push(rowOf(given, costs, tokens));
  }
  printTable(`Rosters on the ${server.name}, medians of ${rounds} (least–most)`, rows);
}

async function measureRound(stage: Stage, given: Case, costs: Costs): Promise<void> {
  // A whole walk is measured, not how little has changed since.
  await stage.platform.misbehave({ kind: "no_differences" });
  const urls: string[] = [];
  for (let index = 0; index < given.courses; index++) {
    const made = await addCourse(stage.installation, stage.platform, stage.registration, {
      members: given.members,
    });
    urls.push(made.course.membershipsUrl!);
  }
  const token = await rawToken(stage, urls[0]!);
  const kept: Member[][] = [];
  await readRaw(urls.slice(0, 1), token, () => undefined);
  await warmUp(stage);
  costs.read.push(await measure(() => readRaw(urls, token, (page) => kept.push(page))));
  costs.upsert.push(await measure(() => upsertRaw(stage, kept)));
  kept.length = 0;
  costs.first.push(await sync(stage));
  costs.again.push(await sync(stage));
}

/** The worker has its code compiled by another registration's courses, as the reader has by one. */
async function warmUp(stage: Stage): Promise<void> {
  const registration = await register(stage.installation, stage.platform);
  const warmUpStage = { ...stage, registration };
  for (let index = 0; index < WARM_UP_COURSES; index++)
    await addCourse(stage.installation, stage.platform, registration, { members: 1_000 });
  await runInWorker(warmUpStage, "roster_sync");
}

function rowOf(given: Case, costs: Costs, tokens: number): Record<string, string> {
  const rate = (name: keyof Costs) => spreadWords(spread(costs[name].map(perSecond)));
  const first = costs.first.map((cost, index) => {
    const slower = Math.min(perSecond(costs.read[index]!), perSecond(costs.upsert[index]!));
    return perSecond(cost) / slower;
  });
  const again = costs.again.map((cost, index) => perSecond(cost) / perSecond(costs.read[index]!));
  const peak = (name: keyof Costs) =>
    round(spread(costs[name].map(({ peakMiB }) => peakMiB)).median);
  const cpu = (name: keyof Costs) => round(spread(costs[name].map(cpuPerThousand)).median * 1_000);
  const serverCpu = (name: "first" | "again") =>
    round(spread(costs[name].map((cost) => (cost.serverCpuSeconds / cost.items) * 1e6)).median);
  return {
    roster: given.title,
    "raw read /s": rate("read"),
    "raw upsert /s": rate("upsert"),
    "first sync /s": rate("first"),
    "of the slower": spreadWords(spread(first)),
    "unchanged /s": rate("again"),
    "of raw read": spreadWords(spread(again)),
    "CPU ms per 1,000: read, first, unchanged": `${cpu("read")}, ${cpu("first")}, ${cpu("again")}`,
    "database's: first, unchanged": `${serverCpu("first")}, ${serverCpu("again")}`,
    "MiB above idle: first, unchanged": `${peak("first")}, ${peak("again")}`,
    "token requests": String(tokens),
  };
}

async function sync(stage: Stage): Promise<SyncCost> {
  const cpu = await serverCpu(stage.installation.db.pool);
  const idle = cpu();
  const cost = await measure(async () => {
    const run = await runInWorker(stage, "roster_sync");
    if (run.state !== "succeeded") throw new Error(`the sync ${run.state}: ${run.errorMessage}`);
    const ms = run.finishedAt!.getTime() - run.startedAt!.getTime();
    return { items: run.membersSeen, seconds: ms / 1_000 };
  }, stage.worker.pid);
  return { ...cost, serverCpuSeconds: cpu() - idle };
}

/** Page after page over one connection, parsed and handed on. */
async function readRaw(urls: string[], token: string, take: (page: Member[]) => void) {
  const agent = new Agent({ connections: 1 });
  let items = 0;
  try {
    for (const start of urls) {
      let next: string | undefined = `${start}?limit=1000`;
      while (next !== undefined) {
        const url: URL = new URL(next);
        const reply = await agent.request({
          origin: url.origin,
          path: url.pathname + url.search,
          method: "GET",
          headers: { authorization: `Bearer ${token}`, accept: MEDIA.memberships },
        });
        const { members } = (await reply.body.json()) as { members: Member[] };
        items += members.length;
        take(members);
        next = nextIn(reply.headers["link"]);
      }
    }
  } finally {
    await agent.close();
  }
  return { items };
}

function nextIn(link: string | string[] | undefined): string | undefined {
  return /<([^>]+)>;\s*rel="next"/.exec([link ?? []].flat().join(", "))?.[1];
}

/** The same members into a table of the same shape, a page a statement, nothing compared. */
async function upsertRaw({ installation }: Stage, pages: Member[][]) {
  const client = await installation.db.pool.connect();
  try {
    // As the sync does, whose pages would be read again.
    await client.query("SET synchronous_commit TO off");
    return await writePages(client, pages);
  } finally {
    await client.query("RESET synchronous_commit");
    client.release();
  }
}

async function writePages(client: pg.ClientBase, pages: Member[][]) {
  await client.query(
    "CREATE TABLE IF NOT EXISTS bench_member (LIKE membership INCLUDING DEFAULTS INCLUDING INDEXES)",
  );
  await client.query("TRUNCATE bench_member");
  const { rows } = await client.query<{ id: string }>("SELECT gen_random_uuid() AS id");
  let items = 0;
  for (const [page, members] of pages.entries()) {
    const text = (name: string) => members.map((member) => (member[name] as string) ?? null);
    await client.query(
      `INSERT INTO bench_member (course_id, user_id, roles, name, given_name, family_name, email)
       SELECT $1, i.* FROM (
         SELECT $2 || user_id, string_to_array(roles, ' '), name, given_name, family_name, email
           FROM unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[])
             AS u (user_id, roles, name, given_name, family_name, email)) i
       ON CONFLICT (course_id, user_id) DO UPDATE SET name = excluded.name`,
      [
        rows[0]!.id,
        `${page}-`,
        text("user_id"),
        members.map((member) => (member["roles"] as string[]).join(" ")),
        text("name"),
        text("given_name"),
        text("family_name"),
        text("email"),
      ],
    );
    items += members.length;
  }
  return { items };
}

async function rawToken({ installation, registration }: Stage, url: string): Promise<string> {
  const connection = await installation.engine.connect(registration.id, {
    memberships: { contextMembershipsUrl: url, scopes: [SCOPE.memberships] },
  });
  return (await connection.fresh()).accessToken.token;
}
