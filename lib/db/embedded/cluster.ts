import { randomBytes } from "node:crypto";
import { chown, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { DataFolderVersionMismatch, EmbeddedDatabaseFailed } from "./errors.ts";
import { runAs, type Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";

/** A folder of databases, with the password of its only role. */
export interface Cluster {
  data: string;
  log: string;
  password: string;
}

export const superuser = "rollbook";

/**
 * Opens the cluster under `home`, creating it when there is none.
 *
 * It is made aside and renamed into place, so of several first starts exactly one wins, and a
 * start that was killed halfway leaves nothing that looks like a cluster.
 */
export async function ensureCluster(options: {
  home: string;
  binaries: Binaries;
  account: Account;
}): Promise<Cluster> {
  const folder = path.join(options.home, "postgres");
  if (!(await isCluster(folder))) await createCluster(folder, options);
  const version = (await readFile(path.join(folder, "data/PG_VERSION"), "utf8")).trim();
  if (version !== options.binaries.majorVersion) {
    throw new DataFolderVersionMismatch(folder, version, options.binaries.majorVersion);
  }
  return {
    data: path.join(folder, "data"),
    log: path.join(folder, "server.log"),
    password: await readPassword(path.join(folder, "password")),
  };
}

async function readPassword(file: string): Promise<string> {
  const password = await readFile(file, "utf8").then(
    (text) => text.trim(),
    () => "",
  );
  if (password !== "") return password;
  throw new EmbeddedDatabaseFailed({
    step: "start",
    detail: `the file ${file} with its password is missing or empty; put it back from a backup`,
  });
}

async function createCluster(
  folder: string,
  { binaries, account }: { binaries: Binaries; account: Account },
): Promise<void> {
  await removeAbandoned(folder);
  const partial = `${folder}.${process.pid}-${randomBytes(4).toString("hex")}.partial`;
  const passwordFile = path.join(partial, "password");
  await mkdir(partial, { mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  await writeFile(passwordFile, password, { mode: 0o600, flush: true });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(partial, account.uid, account.gid);
    await chown(passwordFile, account.uid, account.gid);
  }
  const { exitCode, output } = await runAs(account, binaries.initdb, [
    ...["--pgdata", path.join(partial, "data"), "--username", superuser, "--pwfile", passwordFile],
    ...["--auth", "scram-sha-256", "--encoding", "UTF8"],
    ...["--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C"],
  ]);
  if (exitCode !== 0) {
    await rm(partial, { recursive: true, force: true });
    throw new EmbeddedDatabaseFailed({
      step: "create its data folder",
      detail: lastReason(output),
    });
  }
  await rename(partial, folder).catch(async (cause: Error) => {
    await rm(partial, { recursive: true, force: true });
    if (!(await isCluster(folder))) {
      throw new EmbeddedDatabaseFailed({
        step: "keep its data folder",
        detail: cause.message,
        cause,
      });
    }
  });
}

async function removeAbandoned(folder: string): Promise<void> {
  const pattern = new RegExp(`^${path.basename(folder)}\\.(\\d+)-\\w+\\.partial$`);
  const processStartedAt = Date.now() - process.uptime() * 1000;
  for (const name of await readdir(path.dirname(folder))) {
    const owner = Number(pattern.exec(name)?.[1]);
    if (!owner) continue;
    const partial = path.join(path.dirname(folder), name);
    const createdAt = await stat(partial).then(
      (found) => found.birthtimeMs,
      () => processStartedAt,
    );
    // A container gives the same process id again and again.
    const isFormerLife = owner === process.pid && createdAt < processStartedAt;
    if (isFormerLife || !processIsAlive(owner)) await rm(partial, { recursive: true, force: true });
  }
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** What PostgreSQL gave as the reason in its output or log. */
export function lastReason(output: string): string {
  const lines = output.trim().split("\n");
  const reason = lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "";
  return reason.replace(/^.*?(FATAL|PANIC|error):\s*/, "");
}

async function isCluster(folder: string): Promise<boolean> {
  return readFile(path.join(folder, "data/PG_VERSION")).then(
    () => true,
    () => false,
  );
}
