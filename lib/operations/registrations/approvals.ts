import { notify } from "#lib/db/changes.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import * as stored from "#lib/db/registrations/dynamic-registrations.ts";
import { findRegistration, hasUnfinishedRun } from "#lib/db/registrations/registrations.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { permit } from "../permit.ts";
import { Conflict, NotFound } from "../errors.ts";
import { getRegistration } from "./registrations.ts";
import { Id } from "../fields.ts";
import { checkDestination } from "../service-origins/assertion-destination.ts";
import { approveOwnOrigins } from "../service-origins/named-origins.ts";
import { validated } from "../validated.ts";
import { RegistrationApproval, type RegistrationView } from "./schema.ts";

type RegistrationId = { registrationId: string };
type DeploymentKey = RegistrationId & { deploymentId: string };

/**
 * From now on it launches and syncs, with the deployment and the addresses that the platform named.
 *
 * @throws Conflict            it is approved already
 * @throws ConfirmationNeeded  what the platform named has to be confirmed; see `checkDestination`
 */
export async function approveRegistration(
  asker: Asker,
  { registrationId, ...input }: RegistrationId & Partial<RegistrationApproval>,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  const { confirmsDestination } = validated(RegistrationApproval, input);
  return changeState(caller, registrationId, async (tx, id) => {
    const isChanged = await stored.changeRegistrationState(tx, id, {
      from: ["pending", "declined"],
      to: "active",
    });
    if (!isChanged) throw new Conflict("the registration is approved already");
    const after = await tx.prisma.registration.findUniqueOrThrow({ where: { id } });
    const isConfirmed = confirmsDestination === "yes";
    await checkDestination(caller, tx, { id, after, isConfirmed });
    await stored.approvePendingDeployments(tx, id);
    await approveOwnOrigins(caller, tx, after);
    return "registration.approve";
  });
}

/** @throws Conflict  a sync of it is under way, it has courses, or it is not waiting for approval */
export async function declineRegistration(
  asker: Asker,
  { registrationId }: RegistrationId,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId });
  return changeState(caller, registrationId, async (tx, id) => {
    if (await hasUnfinishedRun(tx, { registrationId: id })) {
      throw new Conflict("a sync of this registration is under way, cancel it first");
    }
    const registration = await findRegistration(tx, id);
    if (registration && registration.courseCount > 0) {
      throw new Conflict("the registration has courses, archive it instead");
    }
    if (!(await stored.changeRegistrationState(tx, id, { from: ["pending"], to: "declined" })))
      throw new Conflict("the registration does not wait for approval, somebody has decided");
    return "registration.decline";
  });
}

/** Its next launch makes the course that it comes from. */
export async function approveDeployment(
  asker: Asker,
  key: DeploymentKey,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId: key.registrationId });
  return changeDeployment(caller, key, "approved");
}

/** @throws Conflict  courses depend on it */
export async function declineDeployment(
  asker: Asker,
  key: DeploymentKey,
): Promise<RegistrationView> {
  const caller = await permit(asker, "registrations:write", { registrationId: key.registrationId });
  return changeDeployment(caller, key, "declined");
}

async function changeDeployment(
  caller: Caller,
  { registrationId, deploymentId }: DeploymentKey,
  state: "approved" | "declined",
): Promise<RegistrationView> {
  return changeState(caller, registrationId, async (tx, id) => {
    const key = Id.safeParse(deploymentId).data;
    const deployment = key ? await stored.findDeployment(tx, key) : null;
    if (deployment?.registrationId !== id) throw new NotFound("deployment", deploymentId);
    if (state === "declined" && deployment.courseCount > 0) {
      throw new Conflict("courses belong to this deployment, archive them first");
    }
    await stored.setDeploymentState(tx, deployment.id, state);
    return state === "approved" ? "deployment.approve" : "deployment.decline";
  });
}

async function changeState(
  caller: Caller,
  registrationId: string,
  change: (tx: Db, id: string) => Promise<string>,
): Promise<RegistrationView> {
  const { id } = await getRegistration(caller, { registrationId });
  await transaction(caller.db, async (tx) => {
    const action = await change(tx, id);
    await audit(tx, caller, { action, object: "registration", objectId: id });
    await notify(tx, { registrationId: id });
  });
  return getRegistration(caller, { registrationId: id });
}
