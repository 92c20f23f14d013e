import type { Db } from "#lib/db/client.ts";
import { hasBeenUsed, otherRegistrationsOfClient } from "#lib/db/registrations/registrations.ts";
import { audiencesOf, type AudienceChoice } from "#lib/lti/index.ts";
import { audiencesToConfirm } from "#lib/platforms/index.ts";
import type { Caller } from "../caller.ts";
import { ConfirmationNeeded, type FieldErrors, NotPermitted } from "../errors.ts";
import { mayDo } from "../permit.ts";

type Destination = AudienceChoice & { clientId: string };

export type DestinationChange = {
  /** Of the registration that is changed or approved; absent for a new one. */
  id?: string;
  /** What it was, where it is changed. */
  before?: Destination;
  after: Destination;
  /** Whether the caller said that this is meant. */
  isConfirmed: boolean;
};

/**
 * Asks for confirmation before client assertions, and the tokens they bring, go another way:
 * - the token endpoint or the audience of a registration that is in use is moved;
 * - the audience is not at the token endpoint, so that who receives the assertion could use it;
 * - another registration has this client ID at this token endpoint, so that its tokens could be
 *   asked for under other rules.
 * Returns the fields that were confirmed.
 *
 * @throws ConfirmationNeeded  the caller did not say that it is meant
 * @throws NotPermitted        the caller said so, and is no admin
 */
export async function checkDestination(
  caller: Caller,
  tx: Db,
  change: DestinationChange,
): Promise<string[]> {
  const reasons = await reasonsToAsk(tx, change);
  const fields = Object.keys(reasons);
  if (fields.length === 0) return [];
  if (!change.isConfirmed) throw new ConfirmationNeeded(reasons);
  if (!mayDo(caller.actor, "admin")) throw new NotPermitted("admin");
  return fields;
}

async function reasonsToAsk(
  tx: Db,
  { id, before, after }: DestinationChange,
): Promise<FieldErrors> {
  const reasons: FieldErrors = {};
  const audiences = audiencesOf(after).join(" ");
  const isMoved = before?.tokenEndpoint !== after.tokenEndpoint;
  const isReaddressed = !before || audiencesOf(before).join(" ") !== audiences;
  const elsewhere = audiencesToConfirm(after);
  if (elsewhere.length > 0 && (isMoved || isReaddressed)) {
    const { host } = new URL(after.tokenEndpoint);
    reasons["audience"] = [
      `${elsewhere.join(" and ")} is not at ${host}: whoever runs ${host} could use what we send there at the audience`,
    ];
  }
  if (before && id && (isMoved || isReaddressed) && (await hasBeenUsed(tx, id))) {
    if (isMoved)
      reasons["tokenEndpoint"] = [
        `was ${before.tokenEndpoint}; we would prove who we are at ${after.tokenEndpoint} instead`,
      ];
    else reasons["audience"] ??= [`was ${audiencesOf(before).join(" ")}`];
  }
  const isOtherClient = isMoved || before?.clientId !== after.clientId;
  const others = isOtherClient ? await otherRegistrationsOfClient(tx, after, id) : [];
  if (others.length > 0)
    reasons["clientId"] = [`${others.join(" and ")} has this client ID at this token endpoint`];
  return reasons;
}
