import { parentPort } from "node:worker_threads";
import { readScoreCsv } from "../read-score-csv.ts";
import type { Order, Reply } from "./read-apart.ts";

// Runs in a thread of its own: reads one file after another.
parentPort?.on("message", ({ id, csv }: Order) => {
  parentPort?.postMessage({ id, read: readScoreCsv(csv) } satisfies Reply);
});
