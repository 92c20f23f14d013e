import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FULL_ACCESS } from "#lib/auth/rights.ts";
import type { Caller } from "#lib/operations/caller.ts";
import { getCourseProof, listDifferences } from "#lib/operations/proof/proof.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import {
  addCourse,
  finished,
  register,
  startInstallation,
  type Installation,
} from "#tests/support/installation.ts";
import { startPlatform, type PlatformClient } from "#tests/support/platform/index.ts";
import { Blows } from "./blows.ts";
import { createChaosDatabase, type ChaosDatabase } from "./own-server.ts";
import { Pusher, type Gradebook } from "./pusher.ts";
import { seededRandom } from "./random.ts";

const SECONDS = Number(process.env.CHAOS_SECONDS ?? 30);
const SEED = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
const CALM_SECONDS = 150;
const LEAST_BLOWS = 8;
const DATABASE_EVERY = 4;
const MOST_STRETCH = 3;

let database: ChaosDatabase;
let installation: Installation;
let platform: PlatformClient;
let caller: Caller;
const gradebooks: Gradebook[] = [];
const courseIds: string[] = [];
const registrationIds: string[] = [];

beforeAll(async () => {
  platform = await startPlatform({ latencyMs: { scores: 5 }, logSize: 100 });
  database = await createChaosDatabase();
  installation = await startInstallation({ database, isWorker: false });
  caller = {
    actor: {
      kind: "api_key",
      id: "00000000-0000-4000-8000-000000000000",
      name: "chaos",
      access: FULL_ACCESS,
    },
    db: installation.db,
    engine: installation.engine,
    settings: {
      publicUrl: "http://localhost",
      allowPrivateNetwork: true,
      isDemo: false,
      isDatabaseEmbedded: true,
    },
    now: () => new Date(),
  };
  for (const name of ["North", "South"]) {
    const registration = await register(installation, platform, { name });
    registrationIds.push(registration.id);
    for (let index = 0; index < 3; index++) {
      const made = await addCourse(installation, platform, registration, {
        members: 40,
        lineItems: 2,
      });
      const roster = await platform.rosterOf({ contextId: made.contextId, role: "Learner" });
      const userIds = roster.map(({ userId }) => userId);
      courseIds.push(made.course.id);
      gradebooks.push(...made.lineItems.map((lineItem) => ({ lineItem, userIds })));
    }
  }
}, 120_000);

afterAll(async () => {
  await installation.stop();
  await platform.stop();
}, 60_000);

describe(`after ${SECONDS} s of chaos (seed ${SEED})`, () => {
  test(
    "every acknowledged score is on the platform with its last value, the counts agree, and a verification finds nothing",
    async () => {
      const random = seededRandom(SEED);
      const pusher = new Pusher(caller, gradebooks, random);
      const blows = await Blows.begin(database, platform, random);
      try {
        await rage(pusher, blows, random);
        await blows.cease();
        await calmDown();
        await expectAllProven();
        expect(blows.areAllAlive).toBe(true);
      } finally {
        await blows.end();
      }

      for (const { lineItem } of gradebooks) {
        const stored = await platform.scoresOf({ lineItem: lineItem.url });
        const held = new Map(stored.map(({ userId, scoreGiven }) => [userId, scoreGiven]));
        for (const [userId, values] of pusher.allowed(lineItem.url))
          expect([...values, undefined]).toContain(held.get(userId));
        for (const userId of pusher.mustHave(lineItem.url)) expect(held.has(userId)).toBe(true);
        const ours = await installation.db.prisma.score.findMany({
          where: { lineItemId: lineItem.id },
        });
        expect(new Map(ours.map(({ userId, scoreGiven }) => [userId, scoreGiven]))).toEqual(held);
        expect(ours.map(({ state }) => state)).toEqual(ours.map(() => "sent"));
      }
      await expectHonestOutcomes();
      console.log(
        `${pusher.acknowledged} scores acknowledged, ${pusher.unanswered} not; blows: ${JSON.stringify(blows.counts)}`,
      );
    },
    (SECONDS * MOST_STRETCH + CALM_SECONDS + 60) * 1_000,
  );
});

/** Pushes and strikes for so many seconds, and longer where the machine is too slow for enough. */
async function rage(pusher: Pusher, blows: Blows, random: () => number): Promise<void> {
  const startedMs = Date.now();
  let struck = 0;
  const isOver = () => {
    const seconds = (Date.now() - startedMs) / 1_000;
    return seconds >= SECONDS * MOST_STRETCH || (seconds >= SECONDS && struck >= LEAST_BLOWS);
  };
  const pushing = (async () => {
    while (!isOver()) {
      await pusher.pushSome();
      await delay(30 + random() * 200);
    }
  })();
  while (!isOver()) {
    await delay(400 + random() * 1_500);
    struck += 1;
    if (struck % DATABASE_EVERY === 0) await blows.strikeDatabase();
    else await blows.strike();
  }
  await pushing;
}

/** Asks for what is pending as a caller would, until nothing is. */
async function calmDown(): Promise<void> {
  const deadline = Date.now() + CALM_SECONDS * 1_000;
  for (;;) {
    // The database may still be coming back from the last blow.
    const open = await whatIsOpen().catch(() => undefined);
    if (open && open.pending.length === 0 && open.unfinished === 0) return;
    if (Date.now() > deadline) throw new Error(`not calm: ${JSON.stringify(open)}`);
    if (open?.unfinished === 0)
      for (const courseId of courseIds) await startRun(caller, { kind: "grade_sync", courseId });
    await delay(500);
  }
}

/** Verifies everything by the workers that came through, and finds nothing. */
async function expectAllProven(): Promise<void> {
  for (const registrationId of registrationIds) {
    const { run } = await startRun(caller, { kind: "verify", registrationId });
    expect(await finished(installation, run.id)).toMatchObject({ state: "succeeded", failed: 0 });
  }
  for (const courseId of courseIds) {
    const sent = await installation.db.prisma.score.count({ where: { lineItem: { courseId } } });
    expect(await getCourseProof(caller, { courseId })).toMatchObject({
      total: sent,
      proven: sent,
      unproven: 0,
      notOurs: 0,
    });
    expect((await listDifferences(caller, { courseId })).items).toEqual([]);
  }
}

async function whatIsOpen() {
  const { prisma } = installation.db;
  const pending = await prisma.score.groupBy({
    by: ["lineItemId"],
    where: { state: { not: "sent" } },
    _count: true,
  });
  const unfinished = await prisma.run.count({ where: { state: { in: ["queued", "running"] } } });
  return { pending, unfinished };
}

/** The platform's own counts against the outcomes that the pages show. */
async function expectHonestOutcomes(): Promise<void> {
  const counts = await platform.counts();
  const groups = await installation.db.prisma.scoreOutcome.groupBy({
    by: ["kind"],
    _count: true,
  });
  const told = Object.fromEntries(groups.map(({ kind, _count }) => [kind, _count]));
  const arrived = (told.sent ?? 0) + (told.confirmed ?? 0);
  // What arrived although nobody was left to hear of it was found out, or sent once more.
  expect(counts.scoresAccepted).toBeGreaterThanOrEqual(arrived);
  expect(counts.scoreOverlaps).toBe(0);
  // A value is never pushed twice, so it arrives twice only where an answer was lost.
  const lostAnswers = counts.cut + (counts.byStatus["502"] ?? 0) + (counts.byStatus["500"] ?? 0);
  const repeatable = lostAnswers + (told.unknown ?? 0) + (await resentScores());
  expect(counts.scoresRepeated).toBeLessThanOrEqual(repeatable);
}

/** Scores that were given a later timestamp because nobody knew what had become of them. */
async function resentScores(): Promise<number> {
  const recovered = await installation.db.prisma.runEvent.findMany({
    where: { kind: "scores.recovered" },
  });
  return recovered.reduce((sum, { detail }) => {
    const again = detail && typeof detail === "object" && "again" in detail ? detail.again : 0;
    return sum + Number(again);
  }, 0);
}
