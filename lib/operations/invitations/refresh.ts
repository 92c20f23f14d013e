import type { AuditDetail } from "#lib/db/audit/entries.ts";
import type { Db } from "#lib/db/client.ts";
import type { Registration } from "#lib/db/generated/client.ts";
import {
  refreshRegistration,
  type RegisteredFields,
} from "#lib/db/registrations/dynamic-registrations.ts";
import { evictTokensOf } from "#lib/db/tokens/access-tokens.ts";
import type { PlatformConfiguration, RegisteredTool } from "#lib/lti/index.ts";
import { changesBetween } from "../audit/trail.ts";

/** What a platform says of itself, and of the tool that it registered. */
export type Registered = { platform: PlatformConfiguration; tool: RegisteredTool };

type Refreshed = { changes: AuditDetail; state: Registration["state"] };

/**
 * What the LMS says again replaces what is known; name, platform profile and pauses stay. One that
 * was declined, or whose addresses move to another origin, waits for approval.
 */
export async function refresh(
  tx: Db,
  known: Registration,
  { platform, tool }: Registered,
  fields: RegisteredFields,
): Promise<Refreshed> {
  const { tokenEndpoint, authorizationEndpoint, jwksUrl, registeredScopes } = fields;
  const { audience, audienceValues } = fields;
  const described = {
    ...{ tokenEndpoint, authorizationEndpoint, jwksUrl, registeredScopes },
    // Without a server of its own the audience may be one that an operator found out.
    ...(platform.authorizationServer && { audience, audienceValues }),
  };
  const { platformFacts } = fields;
  const isTrusted = known.state === "active" && !movesAway(known, described);
  const state = isTrusted ? "active" : "pending";
  const { id } = known;
  await refreshRegistration(tx, { id, state }, { ...described, platformFacts }, tool.deploymentId);
  // They cover what was offered before: the next one asks for what is offered now.
  await evictTokensOf(tx, id, "the LMS registered Rollbook again");
  return { changes: changesBetween(known, { ...described, state }), state };
}

type Addresses = Pick<Registration, "tokenEndpoint" | "authorizationEndpoint" | "jwksUrl">;

/** Whoever follows an invitation's link must not lead an approved registration somewhere else. */
function movesAway(known: Addresses, described: Addresses): boolean {
  const originsOf = ({ tokenEndpoint, authorizationEndpoint, jwksUrl }: Addresses) =>
    [tokenEndpoint, authorizationEndpoint, jwksUrl].map((address) => new URL(address).origin);
  const trusted = new Set(originsOf(known));
  return originsOf(described).some((origin) => !trusted.has(origin));
}
