import { hashToken } from "#lib/auth/secrets/one-time-token.ts";
import { registrationOfLaunch } from "#lib/db/launches/launches.ts";
import { LaunchRefused } from "#lib/lti/index.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import type { PlatformStorage } from "./login.ts";

/**
 * Where the state of a launch may have been kept, for a browser that brought no cookie.
 *
 * @throws LaunchRefused  the state is not one of ours
 * @see LTI Postmessage Storage 0.1 §3
 */
export async function storageOfLaunch(
  asker: Asker,
  { state, frame }: { state: string; frame: string | null },
): Promise<PlatformStorage> {
  const caller = await permit(asker, "launch", "everywhere");
  const registration = await registrationOfLaunch(caller.db, hashToken(state));
  if (!registration)
    throw new LaunchRefused("state_unknown", "the launch's state is not one of ours");
  const { origin } = new URL(registration.authorizationEndpoint);
  return { frame: frame || "_parent", origin };
}
