import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { FilesTooMany } from "../../../errors.ts";
import { readScoreCsv, type ScoreCsv } from "../read-score-csv.ts";

export type Order = { id: number; csv: string };
export type Reply = { id: number; read: ScoreCsv };

/** What is read in a few milliseconds needs no thread; in characters. */
const SMALL = 64_000;
const MOST_WAITING = 8;
const PATIENCE_MS = 60_000;
const IDLE_MS = 60_000;
/** Fifty thousand rows need a tenth of it. */
const MOST_MEMORY_MB = 512;

// Of the folder that the process was started in: the built server has no such file.
const PROGRAM = "lib/operations/scores/csv/apart/thread.ts";

// A thread does not take over what reads TypeScript in the process.
const BEGIN = `
  const { workerData } = require("node:worker_threads");
  import("tsx/esm/api").then(({ register }) => {
    register();
    return import(workerData);
  });`;

type Waiting = { resolve(read: ScoreCsv): void; reject(error: unknown): void };
type Thread = { worker: Worker; waiting: Map<number, Waiting>; idle?: NodeJS.Timeout };

// One for all bundles of the built server.
const key = Symbol.for("rollbook.csv_thread");
const shared = globalThis as typeof globalThis & { [key]?: Thread };
let lastId = 0;

/**
 * `readScoreCsv` in a thread of its own, one file at a time, so that a large file holds up nobody
 * else's request.
 *
 * @throws FilesTooMany  others wait already, or this one took too long
 */
export async function readScoreCsvApart(csv: string): Promise<ScoreCsv> {
  if (csv.length <= SMALL) return readScoreCsv(csv);
  const thread = (shared[key] ??= startThread());
  if (thread.waiting.size >= MOST_WAITING) throw new FilesTooMany();
  clearTimeout(thread.idle);
  const id = (lastId += 1);
  let late: NodeJS.Timeout | undefined;
  try {
    return await new Promise<ScoreCsv>((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      late = setTimeout(() => end(thread, new FilesTooMany()), PATIENCE_MS);
      thread.worker.ref();
      thread.worker.postMessage({ id, csv } satisfies Order);
    });
  } finally {
    clearTimeout(late);
    thread.waiting.delete(id);
    if (thread.waiting.size === 0) rest(thread);
  }
}

function startThread(): Thread {
  const program = pathToFileURL(path.resolve(/* turbopackIgnore: true */ PROGRAM)).href;
  const worker = new Worker(BEGIN, {
    eval: true,
    workerData: program,
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
  });
  const thread: Thread = { worker, waiting: new Map() };
  worker.on("message", ({ id, read }: Reply) => thread.waiting.get(id)?.resolve(read));
  worker.on("error", (error) => end(thread, error));
  worker.on("exit", () => end(thread, new FilesTooMany()));
  return thread;
}

function rest(thread: Thread): void {
  thread.worker.unref();
  thread.idle = setTimeout(() => end(thread, new FilesTooMany()), IDLE_MS).unref();
}

function end(thread: Thread, error: unknown): void {
  if (shared[key] === thread) delete shared[key];
  for (const { reject } of thread.waiting.values()) reject(error);
  void thread.worker.terminate();
}
