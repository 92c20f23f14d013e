import { spawn } from "node:child_process";

/** Ends the set-up with a sentence instead of a stack. */
export class SetupFailed extends Error {}

/** @param {string} sentence */
export function say(sentence) {
  console.log(`• ${sentence}`);
}

/**
 * Runs a program, silent unless it fails.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, show?: boolean }} [options]
 */
export async function run(command, args, { env, show = false } = {}) {
  const { exitCode, output } = await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => reject(new SetupFailed(`${command}: ${error.message}`)));
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
  if (exitCode !== 0) throw new SetupFailed(`${output}${command} ended with ${exitCode}.`);
}
