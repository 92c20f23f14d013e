/** A token store in a folder, for the processes of one machine. */
import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createAccessToken, type AccessToken, type TokenKey, type TokenStore } from "rollbook/lti";

type Stored = {
  token: string;
  requestedScopes: string[];
  grantedScopes: string[];
  obtainedAt: string;
  expiresAt: string;
};

/** A lock this old belongs to a process that is gone. */
const STALE_MS = 60_000;

/**
 * Keeps each token in a file that only its owner can read. A database or Redis takes the same
 * four functions; whatever it is, who can read it can act as the tool.
 */
export async function createFileTokenStore(folder: string): Promise<TokenStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = ({ id }: TokenKey) => path.join(folder, `${id}.json`);

  async function get(key: TokenKey): Promise<AccessToken | undefined> {
    const text = await readFile(fileOf(key), "utf8").catch(() => undefined);
    if (text === undefined) return undefined;
    const stored = JSON.parse(text) as Stored;
    const [obtainedAt, expiresAt] = [new Date(stored.obtainedAt), new Date(stored.expiresAt)];
    return createAccessToken({ ...stored, obtainedAt, expiresAt });
  }

  return {
    get,
    async save(key, { token, ...seen }) {
      const draft = `${fileOf(key)}.${process.pid}`;
      await writeFile(draft, JSON.stringify({ ...seen, token }), { mode: 0o600 });
      // Whole or not at all, whoever reads meanwhile.
      await rename(draft, fileOf(key));
    },
    async delete(key, { token }) {
      if ((await get(key))?.token === token) await rm(fileOf(key), { force: true });
    },
    async exclusive(key, request) {
      const lock = `${fileOf(key)}.lock`;
      await take(lock);
      try {
        return await request();
      } finally {
        await rm(lock, { force: true });
      }
    },
  };
}

/** Waits until this process is the one that made the lock's file. */
async function take(lock: string): Promise<void> {
  for (;;) {
    try {
      await (await open(lock, "wx")).close();
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const made = await stat(lock).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > STALE_MS) await rm(lock, { force: true });
    await sleep(50);
  }
}
