import { benchGrades } from "./grades.ts";
import { benchLists } from "./lists.ts";
import { benchRosters } from "./rosters.ts";
import { benchSearch } from "./search.ts";
import { startBenchServer, type BenchServer } from "./support/stage.ts";

const BENCHES: Record<string, (server: BenchServer, rounds: number) => Promise<void>> = {
  grades: benchGrades,
  rosters: benchRosters,
  lists: benchLists,
  search: benchSearch,
};

const asked = process.argv.slice(2).filter((word) => word in BENCHES);
const rounds = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 5);

const server = await startBenchServer();
try {
  for (const [name, bench] of Object.entries(BENCHES))
    if (asked.length === 0 || asked.includes(name)) await bench(server, rounds);
} finally {
  await server.stop();
}
process.exit(0);
