import { expect, test } from "vitest";
import { measureRosterMemory } from "#tests/bench/roster-memory.ts";

test("a streamed roster takes no more memory for having more members", async () => {
  const MEGABYTE = 1_048_576;
  const measured = await measureRosterMemory([1_000, 20_000]);
  expect(measured.map(({ members }) => members)).toEqual([1_000, 20_000]);
  // Twenty thousand members held at once take three times as much.
  for (const { peakLive } of measured) expect(peakLive).toBeLessThan(4 * MEGABYTE);
}, 120_000);
