import { generateApiKey } from "#lib/auth/secrets/api-key.ts";
import { DEMO_PASSWORD, secretVariables, variables, type Env, readEnv } from "#lib/env.ts";

const DEMO_SETTINGS = {
  ROLLBOOK_DATA_DIR: ".rollbook/demo",
  ROLLBOOK_ADMIN_EMAIL: "demo@example.edu",
  ROLLBOOK_ADMIN_PASSWORD: DEMO_PASSWORD,
  // The platform lives on this machine.
  ROLLBOOK_ALLOW_PRIVATE_NETWORK: "on",
  ROLLBOOK_DEMO: "on",
};

/** What can be set for a demo; everything else is fixed. */
const OPEN_SETTINGS = ["PORT", "ROLLBOOK_URL", "ROLLBOOK_LOG_LEVEL", "ROLLBOOK_API_KEY"];

/**
 * Settles this process's environment for the demo. An installation's own settings, from the
 * shell or from an .env file that is read later, must not lead made-up data into its database:
 * an empty variable counts as absent and is not filled in again.
 */
export function useDemoSettings(): Env {
  const own: Record<string, string> = DEMO_SETTINGS;
  for (const name of Object.keys(variables.shape)) {
    if (!OPEN_SETTINGS.includes(name)) process.env[name] = own[name] ?? "";
  }
  for (const name of secretVariables) process.env[`${name}_FILE`] = "";
  process.env.ROLLBOOK_LOG_LEVEL ??= "warn";
  // A key of this start alone, unless one is given: the one before opens nothing any more.
  process.env.ROLLBOOK_API_KEY ||= generateApiKey();
  return readEnv();
}
