import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";

/** One hash over the names and contents of files and whole folders. */
export async function fingerprint(paths, { except = [] } = {}) {
  const hash = createHash("sha256");
  for (const start of paths) {
    for (const file of await listFiles(start, except)) {
      hash.update(`${file}\0`);
      hash.update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

export async function isStamped(stampFile, value) {
  return (await readFile(stampFile, "utf8").catch(() => "")) === value;
}

export async function stamp(stampFile, value) {
  await mkdir(path.dirname(stampFile), { recursive: true });
  await writeFile(stampFile, value);
}

async function listFiles(start, except) {
  if (except.includes(start)) return [];
  const found = await stat(start).catch(() => undefined);
  if (!found) return [];
  if (!found.isDirectory()) return [start];
  const names = (await readdir(start)).sort();
  const nested = await Promise.all(names.map((name) => listFiles(`${start}/${name}`, except)));
  return nested.flat();
}
