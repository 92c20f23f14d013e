import { createClient } from "#tests/support/platform/client.ts";
import { SITE } from "./site.ts";

/** The platform simulator that runs beside the installation. */
export const platform = createClient({
  url: SITE.platformUrl,
  issuer: SITE.platformUrl,
  stop: async () => undefined,
});

const jwksUrl = `${SITE.url}/lti/jwks`;

/** What a platform's admin does, and tells: a registration with the address of our keys. */
export async function registerTool(clientId: string) {
  return platform.addRegistration({ clientId, jwksUrl });
}
