import { startBenchServer, type BenchServer } from "../support/stage.ts";
import { benchFeedCost } from "./cost.ts";
import { benchFirstLoad } from "./first-load.ts";
import { benchKilledConsumer } from "./killed.ts";

/** The change feed: `npm run bench:feed -- cost 8`; `killed` and `first-load` want the built product. */
const BENCHES: Record<string, (server: BenchServer, rounds: number) => Promise<void>> = {
  cost: benchFeedCost,
  killed: benchKilledConsumer,
  "first-load": benchFirstLoad,
};

const asked = process.argv.slice(2).filter((word) => word in BENCHES);
const rounds = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 8);

const server = await startBenchServer();
try {
  for (const [name, bench] of Object.entries(BENCHES))
    if (asked.length === 0 || asked.includes(name)) await bench(server, rounds);
} finally {
  await server.stop();
}
process.exit();
