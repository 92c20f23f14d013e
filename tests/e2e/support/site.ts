import { tmpdir } from "node:os";
import path from "node:path";

/** The installation under test, the same for every process of a run. */
const port = Number(process.env.ROLLBOOK_E2E_PORT ?? 3900);

export const SITE = {
  port,
  url: `http://localhost:${port}`,
  platformPort: port + 1,
  platformUrl: `http://127.0.0.1:${port + 1}`,
  secret: "a secret of the browser tests, long enough for the sealer",
  apiKey: "rbk_browser_tests_0123456789abcdef0123456789",
  dataDir: path.join(tmpdir(), `rollbook-e2e-${port}`),
  operator: { name: "Ada Operator", email: "ada@example.edu", password: "correct horse battery" },
} as const;

/** Where the signed-in browser's cookies are kept between tests. */
export const SIGNED_IN = "test-results/signed-in.json";
