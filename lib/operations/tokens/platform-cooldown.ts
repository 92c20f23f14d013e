import { notify } from "#lib/db/changes.ts";
import { transaction } from "#lib/db/client.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { getRegistration } from "../registrations/registrations.ts";
import type { RegistrationView } from "../registrations/schema.ts";

/**
 * Forgets until when a platform is to be left alone: what waits for it tries now. While it does
 * not answer that is one call, which finds out whether it is back.
 */
export async function endPlatformCooldown(
  asker: Asker,
  { registrationId }: { registrationId: string },
): Promise<RegistrationView> {
  const caller = await permit(asker, "runs:write", { registrationId });
  const { id, flow } = await getRegistration(caller, { registrationId });
  await transaction(caller.db, async (tx) => {
    const runs = await caller.engine.endCooldown(tx, id);
    await audit(tx, caller, {
      action: "registration.try_now",
      object: "registration",
      objectId: id,
      detail: {
        runs,
        coolingDownUntil: flow?.coolingDownUntil ?? null,
        reason: flow?.reason ?? null,
      },
    });
    await notify(tx, { registrationId: id });
  });
  return getRegistration(caller, { registrationId: id });
}
