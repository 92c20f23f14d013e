import type { Run } from "#lib/db/generated/client.ts";
import { addCourse, register, wantScores } from "#tests/support/installation.ts";
import { measure, spread } from "../support/measure.ts";
import { serverCpu } from "../support/server-cpu.ts";
import { openStage, runInWorker, type BenchServer, type Stage } from "../support/stage.ts";
import { printTable, round, spreadWords } from "../support/table.ts";

const ROSTER = { courses: 10, members: 1_000 };
const SCORES = 2_000;

/** What a round came to, for each item. */
type Cost = { perSecond: number; workerCpuMs: number; databaseCpuMs: number };
const KINDS = ["first rosters", "unchanged rosters", "grades"] as const;
type Round = Record<(typeof KINDS)[number], Cost>;

/**
 * What it costs to write down changes for the feed: syncs with it beside syncs without, one after
 * the other in the same worker and database.
 */
export async function benchFeedCost(server: BenchServer, rounds: number): Promise<void> {
  const stage = await openStage(server, { workerImports: ["./tests/bench/feed/without-feed.ts"] });
  try {
    await stage.platform.misbehave({ kind: "no_differences" });
    const [withFeed, without]: [Round[], Round[]] = [[], []];
    await setFeed(stage, true);
    await oneRound(stage);
    for (let index = 0; index < rounds; index++) {
      // Which of the two comes first changes, so that what grows meanwhile counts for both.
      for (const isOn of index % 2 === 0 ? [true, false] : [false, true]) {
        await setFeed(stage, isOn);
        (isOn ? withFeed : without).push(await oneRound(stage));
      }
    }
    const rows = KINDS.map((kind) => rowOf(kind, withFeed, without));
    printTable(`The change feed on the ${server.name}, medians of ${rounds} (least–most)`, rows);
  } finally {
    await stage.end();
  }
}

function rowOf(kind: keyof Round, withFeed: Round[], without: Round[]): Record<string, string> {
  const of = (rounds: Round[], value: (cost: Cost) => number) =>
    rounds.map((each) => value(each[kind]));
  const cpu = ({ workerCpuMs, databaseCpuMs }: Cost) => workerCpuMs + databaseCpuMs;
  const more = (value: (cost: Cost) => number) => {
    const pairs = withFeed.map((each, index) => value(each[kind]) / value(without[index]![kind]));
    const { median, min, max } = spread(pairs.map((ratio) => (ratio - 1) * 100));
    return `${median.toFixed(1)} % (${min.toFixed(1)}–${max.toFixed(1)})`;
  };
  const sum = (rounds: Round[]) => of(rounds, cpu).reduce((total, each) => total + each, 0);
  return {
    sync: kind,
    "CPU ms per 1,000: with, without": `${round(spread(of(withFeed, cpu)).median)}, ${round(spread(of(without, cpu)).median)}`,
    "more CPU by pairs": more(cpu),
    "of all rounds": `${((sum(withFeed) / sum(without) - 1) * 100).toFixed(1)} %`,
    "worker alone": more(({ workerCpuMs }) => workerCpuMs),
    "database alone": more(({ databaseCpuMs }) => databaseCpuMs),
    "/s with": spreadWords(spread(of(withFeed, ({ perSecond }) => perSecond))),
    "/s without": spreadWords(spread(of(without, ({ perSecond }) => perSecond))),
  };
}

const TRIGGERS = ["feed_members_added", "feed_members_changed"];

async function setFeed({ installation, worker }: Stage, isOn: boolean): Promise<void> {
  await worker.tell({ isFeedOff: !isOn });
  for (const trigger of TRIGGERS)
    await installation.db.execute(
      `ALTER TABLE membership ${isOn ? "ENABLE" : "DISABLE"} TRIGGER ${trigger}`,
    );
}

async function oneRound(stage: Stage): Promise<Round> {
  const { installation, platform } = stage;
  const registration = await register(installation, platform);
  const ours = { ...stage, registration };
  await installation.db.prisma.registration.update({
    where: { id: registration.id },
    data: { profileOverrides: { scoreConcurrency: 16, pageLimit: 1_000 } },
  });
  for (let index = 0; index < ROSTER.courses; index++)
    await addCourse(installation, platform, registration, { members: ROSTER.members });
  const before = await entries(stage);
  const first = await costOf(ours, () => runInWorker(ours, "roster_sync"));
  const again = await costOf(ours, () => runInWorker(ours, "roster_sync"));
  const graded = await gradedCourse(ours);
  const grades = await costOf(ours, () => runInWorker(ours, "grade_sync", graded));
  await checkWritten(stage, before);
  return { "first rosters": first, "unchanged rosters": again, grades };
}

async function gradedCourse({ installation, platform, registration }: Stage): Promise<string> {
  const members = Array.from({ length: SCORES }, (_, index) => ({ userId: `person-${index}` }));
  const added = await addCourse(installation, platform, registration, { members, lineItems: 1 });
  const people = members.map(({ userId }) => userId);
  await wantScores(installation, added.lineItems[0]!, people);
  return added.course.id;
}

async function costOf(stage: Stage, sync: () => Promise<Run>): Promise<Cost> {
  const cpu = await serverCpu(stage.installation.db.pool);
  const idle = cpu();
  const cost = await measure(async () => {
    const run = await sync();
    if (run.state !== "succeeded") throw new Error(`the sync ${run.state}: ${run.errorMessage}`);
    const ms = run.finishedAt!.getTime() - run.startedAt!.getTime();
    return { items: run.membersSeen || run.done, seconds: ms / 1_000 };
  }, stage.worker.pid);
  const per = (seconds: number) => (seconds / cost.items) * 1e6;
  return {
    perSecond: cost.items / cost.seconds,
    workerCpuMs: per(cost.cpuSeconds),
    databaseCpuMs: per(cpu() - idle),
  };
}

/** How much the feed has of members, scores and runs; courses are told of either way. */
async function entries({ installation }: Stage): Promise<number> {
  const where = { type: { not: "course.discovered" } };
  return installation.db.prisma.feedEntry.count({ where });
}

/** A round without the feed wrote nothing to it; one with it did. */
async function checkWritten(stage: Stage, before: number): Promise<void> {
  const { installation } = stage;
  const [trigger] = (
    await installation.db.pool.query<{ tgenabled: string }>(
      "SELECT tgenabled FROM pg_trigger WHERE tgname = 'feed_members_added'",
    )
  ).rows;
  const written = (await entries(stage)) - before;
  const isOn = trigger!.tgenabled !== "D";
  if (isOn !== written > 0)
    throw new Error(`${written} entries with the feed ${isOn ? "on" : "off"}`);
}
