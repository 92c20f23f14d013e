import { readFile, writeFile } from "node:fs/promises";
import { fingerprint, isStamped, stamp } from "./fingerprint.mjs";
import { run, say } from "./say.mjs";

const stampFile = ".next/made-from";
const sources = [
  ...["app", "components", "lib", "public", "prisma/schema.prisma"],
  ...["instrumentation.ts", "next.config.mjs", "package.json", "package-lock.json"],
];

/** What is shown when nothing else can be. */
const prerendered = [".next/server/pages/500.html", ".next/server/app/_global-error.html"];

/** Builds the console when its sources have changed since the last build. */
export async function ensureBuild() {
  const source = await fingerprint(sources, { except: ["lib/db/generated", "lib/bin"] });
  if (await isStamped(stampFile, source)) return;
  say("Building the console (about half a minute) …");
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  for (const page of prerendered) await makePlain(page);
  await stamp(stampFile, source);
}

/** Nothing inline: what is there before anybody asks cannot have the nonce of the answer. */
async function makePlain(page) {
  const html = await readFile(page, "utf8");
  const inline = /<(script|style)\b.*?<\/\1>|<link\b[^>]*\bas="script"[^>]*>/gs;
  await writeFile(page, html.replaceAll(inline, ""));
}
