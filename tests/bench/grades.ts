import { Agent } from "undici";
import { MEDIA, SCOPE } from "#tests/support/platform/index.ts";
import { addCourse, wantScores } from "#tests/support/installation.ts";
import { cpuPerThousand, measure, perSecond, spread, type Cost } from "./support/measure.ts";
import { openStage, runInWorker, type BenchServer, type Stage } from "./support/stage.ts";
import { printTable, round, spreadWords } from "./support/table.ts";

type Case = { latencyMs: number; inFlight: number; scores: number };

const CASES: Case[] = [
  { latencyMs: 0, inFlight: 1, scores: 2_000 },
  { latencyMs: 0, inFlight: 16, scores: 6_000 },
  { latencyMs: 20, inFlight: 1, scores: 150 },
  { latencyMs: 20, inFlight: 16, scores: 3_000 },
];

/** Scores a second with durable outcomes, beside a client that posts and forgets. */
export async function benchGrades(server: BenchServer, rounds: number): Promise<void> {
  const rows: Record<string, string>[] = [];
  for (const given of CASES) {
    const stage = await openStage(server, {
      platform: { latencyMs: { scores: given.latencyMs } },
      scoreConcurrency: given.inFlight,
    });
    try {
      rows.push(await compare(stage, given, rounds));
    } finally {
      await stage.end();
    }
  }
  printTable(`Grades on the ${server.name}, medians of ${rounds} (least–most)`, rows);
}

async function compare(stage: Stage, given: Case, rounds: number): Promise<Record<string, string>> {
  const raw: Cost[] = [];
  const ours: Cost[] = [];
  await sendRaw(stage, { ...given, scores: Math.min(500, given.scores) });
  await sendOurs(stage, { ...given, scores: Math.min(500, given.scores) });
  for (let round = 0; round < rounds; round++) {
    raw.push(await sendRaw(stage, given));
    ours.push(await sendOurs(stage, given));
  }
  const ratios = ours.map((cost, index) => perSecond(cost) / perSecond(raw[index]!));
  const cpu = ours.map((cost, index) => cpuPerThousand(cost) / cpuPerThousand(raw[index]!));
  return {
    "latency, in flight": `${given.latencyMs} ms, ${given.inFlight}`,
    "raw scores/s": spreadWords(spread(raw.map(perSecond))),
    "Rollbook scores/s": spreadWords(spread(ours.map(perSecond))),
    ratio: spreadWords(spread(ratios)),
    "CPU s per 1,000, raw": round(spread(raw.map(cpuPerThousand)).median),
    Rollbook: round(spread(ours.map(cpuPerThousand)).median),
    "CPU ratio": spreadWords(spread(cpu)),
    "token requests": String((await stage.platform.counts()).tokensIssued),
  };
}

async function newCourse(stage: Stage, scores: number) {
  const { installation, platform, registration } = stage;
  const made = await addCourse(installation, platform, registration, {
    members: Array.from({ length: scores }, (_, index) => ({ userId: `person-${index}` })),
    lineItems: 1,
  });
  return { ...made, lineItem: made.lineItems[0]! };
}

async function sendOurs(stage: Stage, { scores }: Case): Promise<Cost> {
  const { installation, worker } = stage;
  const { course, lineItem } = await newCourse(stage, scores);
  const people = Array.from({ length: scores }, (_, index) => `person-${index}`);
  await wantScores(installation, lineItem, people);
  return measure(async () => {
    const run = await runInWorker(stage, "grade_sync", course.id);
    if (run.done !== scores) throw new Error(`only ${run.done} of ${scores} arrived`);
    const ms = run.finishedAt!.getTime() - run.startedAt!.getTime();
    return { items: scores, seconds: ms / 1_000 };
  }, worker.pid);
}

/** The least a client can do: one token, one pool, so many posts at once, each answer checked. */
async function sendRaw(stage: Stage, { scores, inFlight }: Case): Promise<Cost> {
  const { lineItem } = await newCourse(stage, scores);
  const token = await rawToken(stage);
  const url = new URL(lineItem.url);
  url.pathname += "/scores";
  const agent = new Agent({ connections: inFlight });
  try {
    return await measure(async () => {
      let next = 0;
      const postNext = async () => {
        for (let index = next++; index < scores; index = next++) {
          const reply = await agent.request({
            origin: url.origin,
            path: url.pathname + url.search,
            method: "POST",
            headers: { authorization: `Bearer ${token}`, "content-type": MEDIA.score },
            body: JSON.stringify({
              userId: `person-${index}`,
              scoreGiven: index % 100,
              scoreMaximum: 100,
              activityProgress: "Completed",
              gradingProgress: "FullyGraded",
              timestamp: new Date().toISOString(),
            }),
          });
          await reply.body.dump();
          if (reply.statusCode >= 300) throw new Error(`the platform answered ${reply.statusCode}`);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, postNext));
      return { items: scores };
    });
  } finally {
    await agent.close();
  }
}

async function rawToken({ installation, registration }: Stage): Promise<string> {
  const connection = await installation.engine.connect(registration.id, {
    grades: { lineItemsUrl: registration.tokenEndpoint, scopes: [SCOPE.score] },
  });
  return (await connection.fresh()).accessToken.token;
}
