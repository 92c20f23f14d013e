import { createHash } from "node:crypto";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { accountCan, type Account } from "./account.ts";
import { EmbeddedDatabaseFailed } from "./errors.ts";

const sharedFolder = "/var/lib/rollbook";

/**
 * Chooses the folder that holds the cluster.
 *
 * Usually the data folder itself. Where PostgreSQL's account cannot enter it (root's home, say),
 * a folder under /var/lib/rollbook, noted in the data folder so that it is found again even when
 * permissions change later.
 */
export async function chooseHome(dataDir: string, account: Account): Promise<string> {
  const folder = path.resolve(dataDir);
  const note = path.join(folder, "database-location");
  await mkdir(folder, { recursive: true, mode: account.uid === undefined ? 0o700 : 0o711 });
  const noted = await readFile(note, "utf8").catch(() => undefined);
  if (noted !== undefined) return openHome(notedHome(noted.trim(), note));
  if (await accountCan(account, "execute", folder)) return folder;
  const elsewhere = path.join(sharedFolder, shortHash(folder));
  await openHome(elsewhere);
  await writeFile(note, `${elsewhere}\n`, { flush: true });
  return elsewhere;
}

function notedHome(noted: string, note: string): string {
  if (path.isAbsolute(noted)) return noted;
  throw new EmbeddedDatabaseFailed({
    step: "find its folder",
    detail: `the file ${note} names no folder; put it back from a backup`,
  });
}

async function openHome(home: string): Promise<string> {
  await mkdir(home, { recursive: true });
  await chmod(sharedFolder, 0o711);
  await chmod(home, 0o711);
  return home;
}

function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
