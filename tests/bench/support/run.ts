import { startBenchServer, type BenchServer } from "./stage.ts";

export type Bench = (server: BenchServer, rounds: number) => Promise<void>;

/** Runs the benches that the command names, else all; a number among its words is how many rounds. */
export async function runBenches(benches: Record<string, Bench>, usualRounds: number) {
  const words = process.argv.slice(2);
  const asked = words.filter((word) => word in benches);
  const rounds = Number(words.find((word) => /^\d+$/.test(word)) ?? usualRounds);
  const server = await startBenchServer();
  try {
    for (const [name, bench] of Object.entries(benches))
      if (asked.length === 0 || asked.includes(name)) await bench(server, rounds);
  } finally {
    await server.stop();
  }
  process.exit();
}
