import { defineConfig } from "vitest/config";

/** They measure a process of their own, which is to have the machine to itself. */
const MEASURED = "tests/**/*memory.test.ts";

/** They import route handlers, and with these the one console that a process has. */
const OF_ROUTES = "tests/app/**/*.test.ts";

// Many tests wait for time to pass; three files at once use it.
const AT_ONCE = { maxWorkers: 3, sequence: { groupOrder: 0 } };

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
          exclude: ["tests/e2e/**", MEASURED, OF_ROUTES, ...(isOnServer ? [EMBEDDED] : [])],
          // The library keeps nothing in its modules, so files that follow each other share them.
          isolate: false,
          ...AT_ONCE,
        },
      },
      {
        extends: true,
        test: { name: "routes", include: [OF_ROUTES], ...AT_ONCE },
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
