import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Database } from "#lib/db/client.ts";
import { compareCopy, disorderIn, startConsumer } from "#tests/support/feed/killed-consumer.ts";
import { addCourse, register } from "#tests/support/installation.ts";
import { startPlatform } from "#tests/support/platform/index.ts";
import { createBenchDatabase, type BenchServer } from "../support/stage.ts";
import { printTable } from "../support/table.ts";
import { startConsoleProcess } from "./console-process.ts";
import { createCopyDatabase } from "./copy-database.ts";

const COURSES = 1_000;
const MEMBERS = 1_000;
const LIMIT = 1_000;
const SAMPLE_MS = 1_000;
/** As a roster sync writes them: a page a statement. */
const PAGE = 500;

/** The memory of the server and of a consumer while a million members go through the feed. */
export async function benchFirstLoad(server: BenchServer): Promise<void> {
  const database = await createBenchDatabase(server);
  const copy = await createCopyDatabase(server);
  await fillCourses(database.db);
  const place = await startConsoleProcess(database.url, { isWorker: false });
  try {
    const access = { rollbookUrl: place.url, apiKey: place.apiKey };
    const consumer = { ...access, copyUrl: copy.url, limit: LIMIT };
    const startedMs = performance.now();
    const child = startConsumer(consumer, { isToEnd: true });
    const samples: { server: number; consumer: number }[] = [];
    const sampling = setInterval(() => {
      if (child.exitCode !== null) return;
      samples.push({ server: pssMiB(place.pid), consumer: pssMiB(child.pid!) });
    }, SAMPLE_MS);
    const [code] = (await once(child, "exit")) as [number | null];
    clearInterval(sampling);
    if (code !== 0) throw new Error(`the consumer ended with ${code}`);
    const seconds = (performance.now() - startedMs) / 1_000;
    const { members, different } = await compareCopy(database.db, consumer);
    const disorder = await disorderIn(consumer);
    const at = (share: number) => samples[Math.floor((samples.length - 1) * share)]!;
    printTable(
      `${members.toLocaleString("en")} members through the feed in ${Math.round(seconds)} s, ` +
        `${different.length} different, ${disorder.length} out of order; MiB (PSS)`,
      (["server", "consumer"] as const).map((name) => ({
        process: name,
        ...Object.fromEntries(
          [0.1, 0.25, 0.5, 0.75, 1].map((share) => [
            `at ${share * 100} %`,
            at(share)[name].toFixed(0),
          ]),
        ),
        peak: Math.max(...samples.map((sample) => sample[name])).toFixed(0),
      })),
    );
  } finally {
    await place.stop();
    await database.drop();
    await copy.drop();
  }
}

/** Courses whose first rosters came as they do in a sync, by statements of a page each. */
async function fillCourses(db: Database): Promise<void> {
  const platform = await startPlatform();
  const registration = await register({ db }, platform);
  const { course } = await addCourse({ db }, platform, registration);
  await platform.stop();
  await db.execute(
    `INSERT INTO course (id, registration_id, deployment_id, context_id, title, updated_at)
     SELECT gen_random_uuid(), registration_id, deployment_id, 'load-' || n, 'Course ' || n, now()
       FROM course, generate_series(1, $2::int) n WHERE id = $1::uuid`,
    [course.id, COURSES],
  );
  const { rows } = await db.pool.query<{ id: string }>(
    "SELECT id FROM course WHERE context_id LIKE 'load-%'",
  );
  for (const { id } of rows)
    for (let from = 0; from < MEMBERS; from += PAGE)
      await db.execute(
        `INSERT INTO membership (course_id, user_id, roles, name, email)
         SELECT $1::uuid, 'person-' || n,
                ARRAY['http://purl.imsglobal.org/vocab/lis/v2/membership#Learner'],
                'Person ' || n, 'person-' || n || '@example.edu'
           FROM generate_series($2::int, $3::int) n`,
        [id, from + 1, from + PAGE],
      );
}

/** What a process has of the machine's memory, its part of what is shared included. */
function pssMiB(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1_024;
}
