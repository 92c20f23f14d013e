"use server";

import { z } from "zod";
import { done, formAction } from "../../../_server/forms/form-action.ts";
import * as invitations from "#lib/operations/invitations/invitations.ts";
import { Id } from "#lib/operations/fields.ts";
import { InvitationInput } from "#lib/operations/invitations/schema.ts";

export const invite = formAction(InvitationInput, async (caller, input) =>
  done(undefined, await invitations.createInvitation(caller, input)),
);

export const revoke = formAction(z.object({ invitationId: Id }), async (caller, input) => {
  const { name } = await invitations.revokeInvitation(caller, input);
  return done(`The link for ${name} is revoked`);
});
