#!/usr/bin/env node
import { register } from "tsx/esm/api";

const COMMANDS = {
  start: "serves pages and performs runs",
  worker: "performs runs, without pages",
  doctor: "tests the connection of a registration",
  backup: "writes everything into a file, also while Rollbook runs",
  restore: "fills an empty database with such a file",
  move: "moves everything to a PostgreSQL server",
  person: "exports or erases a person",
  "let-in": "gives an admin who is locked out a link",
  "verify-audit": "checks that nobody has changed the audit",
};

const [command, ...args] = process.argv.slice(2);
if (command !== undefined && Object.hasOwn(COMMANDS, command)) {
  // As npm's scripts do: settings and data folder are those of the checkout, files are named from here.
  process.env.INIT_CWD ??= process.cwd();
  process.chdir(new URL("../..", import.meta.url).pathname);
  process.argv.splice(2, Infinity, ...args);
  register();
  await import(`./${command}.ts`);
} else {
  const lines = Object.entries(COMMANDS).map(([name, does]) => `  ${name.padEnd(14)}${does}`);
  console.error(["Usage: rollbook <command> [arguments]", ...lines].join("\n"));
  process.exitCode = command === undefined || command === "help" ? 0 : 1;
}
