import { transaction } from "#lib/db/client.ts";
import { tokenFacts } from "#lib/db/tokens/list.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit, registrationsOf } from "../permit.ts";
import { Conflict } from "../errors.ts";
import type { TokenView } from "./schema.ts";
import { tokenView } from "./view.ts";
import { byId } from "../by-id.ts";

type RegistrationId = { registrationId: string };

/** One entry for each registration that is not archived, by name. */
export async function listTokens(asker: Asker): Promise<{ items: TokenView[] }> {
  const caller = await permit(asker, "read", "within");
  const within = registrationsOf(caller.actor);
  const registrations = await caller.db.prisma.registration.findMany({
    where: { archivedAt: null, ...(within && { id: { in: [...within] } }) },
    select: { id: true },
  });
  return {
    items: await views(
      caller,
      registrations.map(({ id }) => id),
    ),
  };
}

export async function getToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const caller = await permit(asker, "read", { registrationId });
  return byId("registration", registrationId, async (id) => (await views(caller, [id]))[0]);
}

/**
 * Requests a new token now, with every scope that the registration's courses use.
 *
 * @throws Conflict     the registration is archived, or no course of it uses any service
 * @throws TokenRefused and what else the platform may answer
 */
export async function refreshToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  await getToken(caller, { registrationId });
  const used = await caller.engine.anticipatedScopes(registrationId);
  if (used.length === 0) throw new Conflict("no course of this registration uses any service yet");
  await record(caller, registrationId, "token.refresh");
  await caller.engine.refreshToken(registrationId);
  return getToken(caller, { registrationId });
}

/** Forgets the token here. The platform honours it until it expires: dropping does not revoke. */
export async function dropToken(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<TokenView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  await getToken(caller, { registrationId });
  await record(caller, registrationId, "token.drop");
  await caller.engine.dropToken(registrationId);
  return getToken(caller, { registrationId });
}

async function record(caller: Caller, registrationId: string, action: string): Promise<void> {
  await transaction(caller.db, (tx) =>
    audit(tx, caller, { action, object: "registration", objectId: registrationId }),
  );
}

async function views(caller: Caller, registrationIds: string[]): Promise<TokenView[]> {
  const facts = await tokenFacts(caller.db, registrationIds);
  const used = await Promise.all(
    facts.map(({ registrationId }) => caller.engine.anticipatedScopes(registrationId)),
  );
  return facts.map((each, index) => tokenView(each, used[index] ?? [], caller.now()));
}
