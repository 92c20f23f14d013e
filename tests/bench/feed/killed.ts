import { changeCourses } from "#tests/support/feed/changing-courses.ts";
import {
  compareCopy,
  disorderIn,
  eventsKept,
  killOften,
  readToEnd,
} from "#tests/support/feed/killed-consumer.ts";
import { register } from "#tests/support/installation.ts";
import { startPlatform } from "#tests/support/platform/index.ts";
import { createBenchDatabase, type BenchServer } from "../support/stage.ts";
import { printTable } from "../support/table.ts";
import { startConsoleProcess } from "./console-process.ts";
import { createCopyDatabase } from "./copy-database.ts";

const KILLS = 100;
const WITHIN_MS = 600;
/** 40,000 first members, then some 17,000 of their changes and 40,000 grades a round. */
const SIZE = { courses: 40, members: 1_000, rounds: 3 };

/** A consumer that is killed a hundred times while 200,000 things happen, and what it ends with. */
export async function benchKilledConsumer(server: BenchServer): Promise<void> {
  const database = await createBenchDatabase(server);
  const copy = await createCopyDatabase(server);
  const platform = await startPlatform({ logSize: 1 });
  const place = await startConsoleProcess(database.url);
  try {
    const { db } = database;
    const registration = await register({ db }, platform);
    const access = { rollbookUrl: place.url, apiKey: place.apiKey };
    const consumer = { ...access, copyUrl: copy.url, limit: 50 };
    const startedMs = performance.now();
    const seconds = () => Math.round((performance.now() - startedMs) / 1_000);
    const ended = { changes: 0, kills: 0 };
    await Promise.all([
      changeCourses({ ...access, db, platform, registration }, SIZE).then(() => {
        ended.changes = seconds();
      }),
      killOften(consumer, { times: KILLS, withinMs: WITHIN_MS }).then(() => {
        ended.kills = seconds();
      }),
    ]);
    await readToEnd(consumer);
    const compared = await compareCopy(db, consumer);
    const disorder = await disorderIn(consumer);
    printTable(`A consumer that was killed, on the ${server.name}`, [
      {
        kills: String(KILLS),
        events: (await eventsKept(consumer)).toLocaleString("en"),
        "changes took s": String(ended.changes),
        "kills took s": String(ended.kills),
        "copied after s": String(seconds()),
        members: compared.members.toLocaleString("en"),
        scores: compared.scores.toLocaleString("en"),
        different: String(compared.different.length),
        "out of order": String(disorder.length),
      },
    ]);
    for (const words of [...compared.different, ...disorder].slice(0, 20)) console.log(words);
    if (compared.different.length + disorder.length > 0) process.exitCode = 1;
  } finally {
    await place.stop();
    await platform.stop();
    await database.drop();
    await copy.drop();
  }
}
