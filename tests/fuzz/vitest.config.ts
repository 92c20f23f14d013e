import { defineConfig } from "vitest/config";

/** The fuzz tests alone: they need no database. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: { include: ["tests/fuzz/**/*.test.ts"] },
});
