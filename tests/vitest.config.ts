import { defineConfig } from "vitest/config";

/** They measure a process of their own, which is to have the machine to itself. */
const MEASURED = "tests/**/*memory.test.ts";

/** Of the embedded server; beside another one it has been tested without. */
const EMBEDDED = "tests/lib/db/embedded/**";
const isOnServer = Boolean(process.env.DATABASE_URL);

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    exclude: ["tests/e2e/**"],
    globalSetup: ["tests/support/database-server.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "behaviour",
          include: ["tests/**/*.test.ts"],
          exclude: ["tests/e2e/**", MEASURED, ...(isOnServer ? [EMBEDDED] : [])],
          // Many tests wait for time to pass; three files at once use it.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "memory",
          include: [MEASURED],
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
