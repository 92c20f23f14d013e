import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Runs every fuzz property with so many cases, or as many as FUZZ_CASES says. */
const NIGHTLY_CASES = "100000";

const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
const child = spawn(
  process.execPath,
  [vitest, "run", "--config", "tests/fuzz/vitest.config.ts", ...process.argv.slice(2)],
  {
    stdio: "inherit",
    env: { ...process.env, FUZZ_CASES: process.env.FUZZ_CASES ?? NIGHTLY_CASES },
  },
);
const [exitCode] = (await once(child, "exit")) as [number | null];
process.exitCode = exitCode ?? 1;
