"use server";

import { z } from "zod";
import { done, formAction } from "../../_server/forms/form-action.ts";
import { SessionLimits } from "#lib/operations/sessions/schema.ts";
import * as limits from "#lib/operations/sessions/limits.ts";
import * as sessions from "#lib/operations/sessions/sessions.ts";
import * as apiKeys from "#lib/operations/operators/api-keys.ts";
import * as operators from "#lib/operations/operators/operators.ts";
import { Id } from "#lib/operations/fields.ts";
import { rotateApiKey as rotate } from "#lib/operations/operators/key-rotation.ts";
import { resetSecondFactor as reset } from "#lib/operations/second-factor/reset.ts";
import * as links from "#lib/operations/passwords/password-links.ts";
import {
  AccessForm,
  ApiKeyForm,
  apiKeyOf,
  InvitationForm,
  SignInRulesForm,
} from "./form-schema.ts";

export const createApiKey = formAction(ApiKeyForm, async (caller, input) =>
  done(undefined, await apiKeys.createApiKey(caller, apiKeyOf(input))),
);

export const rotateApiKey = formAction(
  z.object({ apiKeyId: Id, overlapHours: z.coerce.number() }),
  async (caller, input) => done(undefined, await rotate(caller, input)),
);

export const revokeApiKey = formAction(
  z.object({ apiKeyId: Id, confirmation: z.string() }),
  async (caller, input) => {
    const { name } = await apiKeys.revokeApiKey(caller, input);
    return done(`API key ${name} revoked`);
  },
);

export const inviteOperator = formAction(InvitationForm, async (caller, input) =>
  done(undefined, await links.inviteOperator(caller, input)),
);

export const createPasswordLink = formAction(
  z.object({ operatorId: z.string() }),
  async (caller, { operatorId }) =>
    done(undefined, await links.createPasswordLink(caller, { operatorId, expiresInHours: 24 })),
);

export const changeOperatorAccess = formAction(
  AccessForm.extend({ operatorId: z.string() }),
  async (caller, input) => {
    const { name, role } = await operators.changeOperatorAccess(caller, input);
    return done(`${name} is ${role} now`);
  },
);

export const removeOperator = formAction(
  z.object({ operatorId: z.string(), confirmation: z.string() }),
  async (caller, input) => {
    const { name } = await operators.removeOperator(caller, input);
    return done(`${name} was removed`);
  },
);

export const resetSecondFactor = formAction(
  z.object({ operatorId: z.string() }),
  async (caller, input) => {
    const { name } = await reset(caller, input);
    return done(`The second factor of ${name} is taken away`);
  },
);

const NamedSession = z.object({ sessionId: z.string() });

export const endSession = formAction(NamedSession, async (caller, input) => {
  const { operator } = await sessions.endSession(caller, input);
  return done(`${operator.name} is signed out there`);
});

export const endOwnSession = formAction(NamedSession, async (caller, input) => {
  await sessions.endOwnSession(caller, input);
  return done("The session has ended");
});

export const endOtherSessions = formAction(z.object({}), async (caller) => {
  const { ended } = await sessions.endOtherSessions(caller);
  return done(ended === 0 ? "You have no other session" : `Signed out elsewhere: ${ended}`);
});

export const changeSessionLimits = formAction(SessionLimits, async (caller, input) => {
  await limits.changeSessionLimits(caller, input);
  return done("The limits are saved, for sessions under way too");
});

export const changeSignInRules = formAction(SignInRulesForm, async (caller, input) => {
  await limits.changeSignInRules(caller, input);
  return done("The rules are saved, for sessions under way too");
});
