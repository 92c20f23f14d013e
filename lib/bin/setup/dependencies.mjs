import { readFile } from "node:fs/promises";
import { run, say } from "./say.mjs";

/** Installs the locked dependencies when any of them is missing or another version. */
export async function ensureDependencies() {
  if (await isInstalled()) return;
  say("Installing dependencies (npm ci) …");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund"];
  if (npm) await run(process.execPath, [npm, ...args]);
  else await run("npm", args);
}

async function isInstalled() {
  const [locked, installed] = await Promise.all([
    readPackages("package-lock.json"),
    readPackages("node_modules/.package-lock.json"),
  ]);
  return Object.entries(locked).every(
    ([folder, wanted]) =>
      folder === "" || wanted.optional || installed[folder]?.version === wanted.version,
  );
}

/** @returns {Promise<Record<string, { version?: string, optional?: boolean }>>} */
async function readPackages(lockFile) {
  try {
    return JSON.parse(await readFile(lockFile, "utf8")).packages;
  } catch {
    return {};
  }
}
