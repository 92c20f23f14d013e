"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { confirmed } from "../../../_server/forms/confirmed.ts";
import { ifSeen, SeenVersion } from "../../../_server/forms/seen-version.ts";
import * as approvals from "#lib/operations/registrations/approvals.ts";
import { pauseRegistration, resumeRegistration } from "#lib/operations/system/pauses.ts";
import { endPlatformCooldown } from "#lib/operations/tokens/platform-cooldown.ts";
import * as registrations from "#lib/operations/registrations/registrations.ts";
import { startRun } from "#lib/operations/runs/runs.ts";
import { Id } from "#lib/operations/fields.ts";
import { DeploymentInput, RegistrationApproval } from "#lib/operations/registrations/schema.ts";
import { ServiceOriginInput } from "#lib/operations/service-origins/schema.ts";
import * as origins from "#lib/operations/service-origins/service-origins.ts";
import { RegistrationForm } from "../form-schema.ts";

const Registration = z.object({ registrationId: Id });

export const saveChanges = formAction(
  RegistrationForm.extend({ ...Registration.shape, ...SeenVersion.shape }),
  async (caller, input) => {
    await registrations.updateRegistration(caller, ifSeen(input));
    return goTo(`/registrations/${input.registrationId}`);
  },
);

export const addDeployment = formAction(
  DeploymentInput.extend(Registration.shape),
  async (caller, input) => {
    await registrations.addDeployment(caller, input);
    return done("Deployment added");
  },
);

export const archive = formAction(
  Registration.extend({ confirmation: z.string() }),
  async (caller, { registrationId, confirmation }) => {
    const { name } = await registrations.getRegistration(caller, { registrationId });
    confirmed(confirmation, name);
    await registrations.archiveRegistration(caller, { registrationId });
    return goTo(`/registrations/${registrationId}`);
  },
);

export const restore = formAction(Registration, async (caller, input) => {
  await registrations.restoreRegistration(caller, input);
  return done("Registration restored");
});

export const pause = formAction(Registration, async (caller, input) => {
  await pauseRegistration(caller, input);
  return done("Registration paused");
});

export const resume = formAction(Registration, async (caller, input) => {
  await resumeRegistration(caller, input);
  return done("Registration resumed");
});

export const tryNow = formAction(Registration, async (caller, input) => {
  await endPlatformCooldown(caller, input);
  return done("What waits tries now");
});

export const syncAllRosters = formAction(Registration, async (caller, { registrationId }) => {
  const { run } = await startRun(caller, { kind: "roster_sync", registrationId });
  return goTo(`/runs/${run.id}`);
});

export const verifyGrades = formAction(Registration, async (caller, { registrationId }) => {
  const { run } = await startRun(caller, { kind: "verify", registrationId });
  return goTo(`/runs/${run.id}`);
});

export const approve = formAction(
  Registration.extend(RegistrationApproval.shape),
  async (caller, input) => {
    const { name } = await approvals.approveRegistration(caller, input);
    return done(`${name} is approved`);
  },
);

export const decline = formAction(Registration, async (caller, input) => {
  const { name } = await approvals.declineRegistration(caller, input);
  return done(`${name} is declined`);
});

const Deployment = Registration.extend({ deploymentId: Id });

export const approveDeployment = formAction(Deployment, async (caller, input) => {
  await approvals.approveDeployment(caller, input);
  return done("Deployment approved: its next launch makes the course");
});

export const declineDeployment = formAction(Deployment, async (caller, input) => {
  await approvals.declineDeployment(caller, input);
  return done("Deployment declined");
});

const Origin = Registration.extend({ originId: Id });

export const addOrigin = formAction(
  ServiceOriginInput.extend(Registration.shape),
  async (caller, input) => {
    await origins.addServiceOrigin(caller, input);
    return done("Origin approved");
  },
);

export const approveOrigin = formAction(Origin, async (caller, input) => {
  await origins.approveServiceOrigin(caller, input);
  return done("Approved: what waited for it can be started again");
});

export const declineOrigin = formAction(Origin, async (caller, input) => {
  await origins.declineServiceOrigin(caller, input);
  return done("Declined: nothing is sent there");
});

export const removeOrigin = formAction(Origin, async (caller, input) => {
  await origins.removeServiceOrigin(caller, input);
  return done("Origin removed");
});
