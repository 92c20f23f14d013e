import { spawn } from "node:child_process";
import { userInfo } from "node:os";
import { readFile } from "node:fs/promises";
import { EmbeddedDatabaseFailed } from "./errors.ts";

/** The system account PostgreSQL runs under; without ids it is the one this process has. */
export interface Account {
  uid?: number;
  gid?: number;
}

/** PostgreSQL refuses to run as root, so root hands it to `postgres`, else to `nobody`. */
export async function chooseAccount(): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const accounts = await readFile("/etc/passwd", "utf8");
  for (const name of ["postgres", "nobody"]) {
    const line = accounts.split("\n").find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedDatabaseFailed({
    step: "choose an account",
    detail: `${userInfo().username} may not run postgresql, and there is no account postgres or nobody`,
  });
}

/** Asks the system, not the permission bits: every parent folder and every ACL counts. */
export async function accountCan(
  account: Account,
  permission: "read" | "write" | "execute",
  path: string,
): Promise<boolean> {
  if (account.uid === undefined) return true;
  const flag = { read: "-r", write: "-w", execute: "-x" }[permission];
  const { exitCode } = await runAs(account, "/bin/sh", ["-c", `test ${flag} "$1"`, "sh", path]);
  return exitCode === 0;
}

export async function runAs(
  account: Account,
  command: string,
  args: readonly string[],
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...account,
      cwd: "/",
      windowsHide: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
    child.on("error", (cause) =>
      reject(new EmbeddedDatabaseFailed({ step: "run a program", detail: cause.message, cause })),
    );
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}
