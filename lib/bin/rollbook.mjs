#!/usr/bin/env node
import { existsSync } from "node:fs";

const COMMANDS = {
  start: "serves pages and performs runs",
  worker: "performs runs, without pages",
  doctor: "tests the connection of a registration",
  backup: "writes everything into a file, also while Rollbook runs",
  restore: "fills an empty database with such a file",
  move: "moves everything to a PostgreSQL server",
  person: "exports or erases a person",
  "import-registrations": "takes registrations over from ltijs, PyLTI1p3 or a CSV",
  "let-in": "gives an admin who is locked out a link",
  "verify-audit": "checks that nobody has changed the audit",
};

const [command, ...args] = process.argv.slice(2);
const file = new URL(`./${command}.ts`, import.meta.url);
if (!existsSync(new URL("./start.ts", import.meta.url))) {
  console.error("This package is the library alone; the commands are in a checkout of Rollbook.");
  process.exitCode = 1;
} else if (command !== undefined && Object.hasOwn(COMMANDS, command)) {
  // As npm's scripts do: settings and data folder are those of the checkout, files are named from here.
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(new URL("../..", import.meta.url).pathname);
  process.argv.splice(2, Infinity, ...args);
  const { register } = await import("tsx/esm/api");
  register();
  await import(file.href);
} else {
  const lines = Object.entries(COMMANDS).map(([name, does]) => `  ${name.padEnd(22)}${does}`);
  console.error(["Usage: rollbook <command> [arguments]", ...lines].join("\n"));
  process.exitCode = command === undefined || command === "help" ? 0 : 1;
}
