import { defineConfig, devices } from "@playwright/test";
import { SIGNED_IN, SITE } from "./support/site.ts";

const [width, height] = [1280, 900];

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results/e2e",
  // One installation, whose engine and pages share two cores with the browser.
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: SITE.url,
    viewport: { width, height },
    // A film of every test would take a third of the machine; the last picture of a failed one tells.
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROME,
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
  projects: [
    { name: "first run", testMatch: "first-run.spec.ts" },
    {
      name: "console",
      testIgnore: "first-run.spec.ts",
      dependencies: ["first run"],
      use: { storageState: SIGNED_IN },
    },
  ],
  webServer: [
    {
      command: `node --import tsx tests/support/platform/main.ts --port ${SITE.platformPort}`,
      cwd: "../..",
      url: `${SITE.platformUrl}/jwks`,
    },
    {
      command: "node --import tsx tests/e2e/support/serve.ts",
      cwd: "../..",
      url: `${SITE.url}/api/readyz`,
      env: {
        PORT: String(SITE.port),
        ROLLBOOK_DATA_DIR: SITE.dataDir,
        ROLLBOOK_SECRET: SITE.secret,
        ROLLBOOK_API_KEY: SITE.apiKey,
        ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
        ROLLBOOK_LOG_LEVEL: "warn",
      },
      gracefulShutdown: { signal: "SIGTERM", timeout: 10_000 },
    },
  ],
});
