import { readFileSync } from "node:fs";
import type { Weight } from "./measure.ts";

/** JavaScript of a first load, gzip. */
const BAR = 190_000;
/** Whoever comes first, and a learner on a telephone, has nothing of ours yet. */
const LIGHT_BAR = 150_000;
const LIGHT = ["/login", "/login/code", "/setup", "/lti/course", "/_not-found"];

export const RECORD = "tests/e2e/weight/recorded.json";

/** By route, then by part. */
export type Recorded = Record<string, Record<string, number>>;

/** What is wrong with a route's weight, with the parts that grew; undefined below its bar. */
export function overBar(weight: Weight, recorded: Recorded): string | undefined {
  const bar = LIGHT.includes(weight.route) ? LIGHT_BAR : BAR;
  if (weight.bytes <= bar) return undefined;
  const grown = growth(weight.parts, recorded[weight.route] ?? {});
  const parts = grown.length > 0 ? grown.join("; ") : "no part of it has grown";
  return `${weight.route}: ${kilobytes(weight.bytes)} of ${kilobytes(bar)}: ${parts}`;
}

/** Parts that are new or larger than recorded, the most grown first. */
function growth(parts: Record<string, number>, before: Record<string, number>): string[] {
  return Object.entries(parts)
    .map(([part, bytes]) => ({ part, bytes, grown: bytes - (before[part] ?? 0) }))
    .filter(({ grown, bytes }) => grown > bytes / 100)
    .sort((a, b) => b.grown - a.grown)
    .map(({ part, bytes, grown }) => `${part} +${kilobytes(grown)} to ${kilobytes(bytes)}`);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB`;
}

export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(RECORD, "utf8")) as Recorded;
}
