import { z } from "zod";
import { Id } from "#lib/operations/fields.ts";
import { type ApiKeyInput, Scope } from "#lib/operations/operators/api-key-schema.ts";
import { Role } from "#lib/operations/operators/schema.ts";
import { NewOperatorFields } from "#lib/operations/operators/sign-in-schema.ts";
import { SignInRules } from "#lib/operations/sessions/schema.ts";

const NEVER = "never";

/** As it is chosen: how many days, or never. */
export const ApiKeyForm = z.object({
  name: z.string(),
  scopes: z.array(Scope).default([]),
  registrationIds: z.array(Id).default([]),
  expires: z.enum(["30", "90", "365", NEVER]).default("90"),
});

export function apiKeyOf({ expires, ...key }: z.output<typeof ApiKeyForm>): ApiKeyInput {
  return { ...key, expiresInDays: expires === NEVER ? null : Number(expires) };
}

/** A switch that is off sends nothing. */
export const AccessForm = z.object({
  role: Role,
  seesNames: z.boolean().default(false),
  registrationIds: z.array(Id).default([]),
});

export const SignInRulesForm = SignInRules.extend({
  adminsNeedSecondFactor: z.boolean().default(false),
});

export const InvitationForm = z.object({
  name: NewOperatorFields.name,
  email: NewOperatorFields.email,
  ...AccessForm.shape,
});
