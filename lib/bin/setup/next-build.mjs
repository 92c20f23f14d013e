import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { run, say } from "./say.mjs";

const stampFile = ".next/made-from";
const sources = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma"],
  ...["instrumentation.ts", "next.config.mjs", "package.json", "package-lock.json"],
];

/** Builds the console when its sources have changed since the last build. */
export async function ensureBuild() {
  const source = await fingerprint(sources, { except: ["lib/db/generated", "lib/bin"] });
  if (await isStamped(stampFile, source)) return;
  say("Building the console (about half a minute) …");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  await stamp(stampFile, source);
}
