import { writeFileSync } from "node:fs";
import { measureRoutes } from "./measure.ts";
import { RECORD, type Recorded } from "./bars.ts";

/** Records what each route weighs now; what grows later is told against this. */
const recorded: Recorded = Object.fromEntries(
  measureRoutes()
    .sort((a, b) => a.route.localeCompare(b.route))
    .map(({ route, parts }) => [route, parts]),
);
writeFileSync(RECORD, `${JSON.stringify(recorded, null, 2)}\n`);
for (const { route, bytes } of measureRoutes()) console.log(`${kilobytes(bytes)}  ${route}`);

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1).padStart(6)} kB`;
}
