import { actorName } from "#lib/auth/actor.ts";
import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import type { ServiceOrigin } from "#lib/db/generated/client.ts";
import * as stored from "#lib/db/registrations/service-origins.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { Conflict, NotFound } from "../errors.ts";
import { Id } from "../fields.ts";
import { permit } from "../permit.ts";
import { checkPlatformAddresses } from "../registrations/platform-addresses.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { RegistrationView } from "../registrations/schema.ts";
import { validated } from "../validated.ts";
import { ServiceOriginInput } from "./schema.ts";

type RegistrationId = { registrationId: string };
type OriginKey = RegistrationId & { originId: string };

/**
 * Approves an origin before anything names it.
 *
 * @throws Conflict  the registration has it already
 */
export async function addServiceOrigin(
  asker: Asker,
  { registrationId, ...input }: RegistrationId & ServiceOriginInput,
): Promise<RegistrationView> {
  const caller = await permit(asker, "admin", { registrationId });
  const address = validated(ServiceOriginInput, input).origin;
  checkPlatformAddresses(caller, { origin: address });
  const { origin } = new URL(address);
  return changing(caller, registrationId, async (tx, registration) => {
    const isOwn = new URL(registration.tokenEndpoint).origin === origin;
    const fields = { ...decisionOf(caller, "approved"), source: "operator" };
    const added = isOwn
      ? []
      : await stored.insertServiceOrigins(tx, registration.id, [origin], fields);
    if (added.length === 0) {
      const reason = isOwn
        ? "the token endpoint is there"
        : "the registration has this origin already";
      throw new Conflict(reason, { origin: [reason] });
    }
    return { verb: "approve", origin };
  });
}

/** From now on access tokens of the registration are sent there. */
export async function approveServiceOrigin(
  asker: Asker,
  key: OriginKey,
): Promise<RegistrationView> {
  const caller = await permit(asker, "admin", { registrationId: key.registrationId });
  return decide(caller, key, "approved");
}

/** Nothing is sent there, whatever names it; also where it was approved before. */
export async function declineServiceOrigin(
  asker: Asker,
  key: OriginKey,
): Promise<RegistrationView> {
  const caller = await permit(asker, "admin", { registrationId: key.registrationId });
  return decide(caller, key, "declined");
}

/** Forgets it: nothing is sent there until something names it again and it is approved. */
export async function removeServiceOrigin(asker: Asker, key: OriginKey): Promise<RegistrationView> {
  const caller = await permit(asker, "admin", { registrationId: key.registrationId });
  return changing(caller, key.registrationId, async (tx, { id }) => {
    const found = await required(tx, id, key.originId);
    await stored.deleteServiceOrigin(tx, found.id);
    return { verb: "remove", origin: found.origin };
  });
}

async function decide(
  caller: Caller,
  { registrationId, originId }: OriginKey,
  state: "approved" | "declined",
): Promise<RegistrationView> {
  return changing(caller, registrationId, async (tx, { id }) => {
    const found = await required(tx, id, originId);
    await stored.decideServiceOrigin(tx, found.id, decisionOf(caller, state));
    return { verb: state === "approved" ? "approve" : "decline", origin: found.origin };
  });
}

function decisionOf<State extends ServiceOrigin["state"]>(caller: Caller, state: State) {
  return { state, decidedBy: actorName(caller.actor), decidedAt: caller.now() };
}

async function required(tx: Db, registrationId: string, originId: string): Promise<ServiceOrigin> {
  const id = Id.safeParse(originId).data;
  const found = id ? await stored.findServiceOrigin(tx, id) : null;
  if (found?.registrationId !== registrationId) throw new NotFound("service origin", originId);
  return found;
}

async function changing(
  caller: Caller,
  registrationId: string,
  change: (
    tx: Db,
    registration: RegistrationView,
  ) => Promise<{ verb: "approve" | "decline" | "remove"; origin: string }>,
): Promise<RegistrationView> {
  const registration = await getRegistration(caller, { registrationId });
  const { id } = registration;
  await transaction(caller.db, async (tx) => {
    const { verb, origin } = await change(tx, registration);
    const entry = { object: "registration", objectId: id, detail: { origin } };
    await audit(tx, caller, { action: `service_origin.${verb}`, ...entry });
    await notify(tx, { registrationId: id });
  });
  return getRegistration(caller, { registrationId: id });
}
