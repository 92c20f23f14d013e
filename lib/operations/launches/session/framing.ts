import type { Registration } from "#lib/db/generated/client.ts";
import { findLaunchSession } from "#lib/db/launches/sessions.ts";
import { announcedAddresses, type LaunchMessage } from "#lib/lti/index.ts";
import type { Asker } from "../../caller.ts";
import { permit } from "../../permit.ts";

/** A header has no room for more, and no platform names so many. */
const MOST_ORIGINS = 20;

/**
 * The origins that may show a launched page in a frame: those of the registration, and those that
 * this very launch names, which the platform has signed. The address of a school in a cloud of many
 * schools stands in its launches alone.
 */
export function framersOfLaunch(
  { issuer, authorizationEndpoint }: Pick<Registration, "issuer" | "authorizationEndpoint">,
  message: LaunchMessage,
): string[] {
  const addresses = [
    issuer,
    authorizationEndpoint,
    message.launchPresentation?.returnUrl,
    message.toolPlatform?.url,
    message.deepLinking?.returnUrl,
    ...Object.values(announcedAddresses(message.endpoints)),
  ];
  const origins = addresses.flatMap((address) => originOf(address) ?? []);
  return [...new Set(origins)].slice(0, MOST_ORIGINS);
}

/**
 * Asked by the web server before it renders the page: by the name of a session, which opens
 * nothing. None where it is over.
 */
export async function framersOf(asker: Asker, { launch }: { launch: string }): Promise<string[]> {
  const { db, now } = await permit(asker, "launch", "everywhere");
  if (!/^[0-9a-f]{64}$/.test(launch)) return [];
  return (await findLaunchSession(db, launch, now()))?.framedBy ?? [];
}

function originOf(address: string | null | undefined): string | undefined {
  const url = address && URL.canParse(address) ? new URL(address) : undefined;
  return url && ["https:", "http:"].includes(url.protocol) ? url.origin : undefined;
}
