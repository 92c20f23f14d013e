import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import type { Db } from "#lib/db/client.ts";
import type { Registration, ServiceOrigin } from "#lib/db/generated/client.ts";
import * as stored from "#lib/db/registrations/service-origins.ts";
import { audit } from "../audit/trail.ts";
import type { Caller } from "../caller.ts";

type Addresses = readonly (string | null | undefined)[];
type Of = Pick<Registration, "id" | "tokenEndpoint">;

const WAITING = { state: "pending", decidedBy: null, decidedAt: null } as const;

/** Origins of addresses that somebody entered: those that are new wait for approval. */
export async function announceOrigins(
  caller: Caller,
  tx: Db,
  registration: Of,
  named: { addresses: Addresses; source: ServiceOrigin["source"] },
): Promise<void> {
  const { addresses, source } = named;
  const origins = await undecided(tx, registration, addresses);
  const added = await stored.insertServiceOrigins(tx, registration.id, origins, {
    ...WAITING,
    source,
  });
  for (const origin of added)
    await record(caller, tx, registration.id, "announce", { origin, namedBy: source });
}

/** The registration's own addresses, as whoever made it or approved it saw them. */
export async function approveOwnOrigins(
  caller: Caller,
  tx: Db,
  registration: Of & Pick<Registration, "issuer" | "authorizationEndpoint" | "jwksUrl">,
): Promise<void> {
  const { issuer, authorizationEndpoint, jwksUrl } = registration;
  await approve(caller, tx, registration, {
    addresses: [issuer, authorizationEndpoint, jwksUrl],
    source: "registration",
    decidedBy: actorName(caller.actor),
  });
}

/**
 * Origins that a launch or a notice named. Its signature makes them the platform's own word, so
 * they are approved, but for what somebody declined. They wait where the key set that proves the
 * signature is itself at an origin that nobody approved.
 */
export async function approveLaunchedOrigins(
  caller: Caller,
  tx: Db,
  registration: Of & Pick<Registration, "jwksUrl">,
  addresses: Addresses,
): Promise<void> {
  const keySet = originsIn([registration.jwksUrl], registration);
  const states = await stored.originStates(tx, registration.id);
  if (!keySet.every((origin) => states.get(origin) === "approved")) {
    await announceOrigins(caller, tx, registration, {
      addresses: [registration.jwksUrl],
      source: "registration",
    });
    return announceOrigins(caller, tx, registration, { addresses, source: "launch" });
  }
  await approve(caller, tx, registration, { addresses, source: "launch", decidedBy: null });
}

async function approve(
  caller: Caller,
  tx: Db,
  registration: Of,
  named: { addresses: Addresses; source: ServiceOrigin["source"]; decidedBy: string | null },
): Promise<void> {
  const { addresses, source, decidedBy } = named;
  const { id } = registration;
  const origins = await undecided(tx, registration, addresses);
  if (origins.length === 0) return;
  const decision = { state: "approved", decidedBy, decidedAt: caller.now() } as const;
  const decided = [
    ...(await stored.decideWaitingOrigins(tx, id, origins, decision)),
    ...(await stored.insertServiceOrigins(tx, id, origins, { ...decision, source })),
  ];
  for (const origin of decided)
    await record(caller, tx, id, "approve", { origin, namedBy: source });
}

/** A class that launches at once reads what is decided already, and writes nothing. */
async function undecided(tx: Db, registration: Of, addresses: Addresses): Promise<string[]> {
  const origins = originsIn(addresses, registration);
  if (origins.length === 0) return [];
  const states = await stored.originStates(tx, registration.id);
  return origins.filter((origin) => (states.get(origin) ?? "pending") === "pending");
}

/** Without the token endpoint's own, which needs no approval. */
function originsIn(addresses: Addresses, { tokenEndpoint }: Of): string[] {
  const own = new URL(tokenEndpoint).origin;
  const origins = addresses.flatMap((address) =>
    address && URL.canParse(address) ? [new URL(address).origin] : [],
  );
  // In one order, so that two launches at once do not wait for each other.
  return [...new Set(origins)].filter((origin) => origin !== own).sort();
}

async function record(
  caller: Caller,
  tx: Db,
  registrationId: string,
  verb: "announce" | "approve",
  detail: { origin: string; namedBy: string },
): Promise<void> {
  const entry = { object: "registration", objectId: registrationId, detail };
  await audit(tx, caller, { action: `service_origin.${verb}`, ...entry });
  await notify(tx, { registrationId });
}
