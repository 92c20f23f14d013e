"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { Id } from "#lib/operations/fields.ts";
import { Role } from "#lib/operations/operators/schema.ts";
import * as singleSignOn from "#lib/operations/single-sign-on/settings.ts";

const text = z.string().default("");

/** A switch that is off sends nothing, and neither does an empty field. */
const SettingsForm = z.object({
  issuer: text,
  clientId: text,
  clientSecret: z.string().optional(),
  label: text,
  scopes: z.string().optional(),
  rules: z
    .array(
      z.object({
        claim: text,
        value: text,
        role: Role.default("viewer"),
        seesNames: z.boolean().default(false),
        registrationIds: z.array(Id).default([]),
      }),
    )
    .default([]),
  only: z.boolean().default(false),
});

export const changeSingleSignOn = formAction(
  SettingsForm,
  async (caller, input) => {
    await singleSignOn.changeSingleSignOn(caller, input);
    return goTo("/settings/single-sign-on?saved=1");
  },
  { hideFields: ["clientSecret"] },
);

export const testSingleSignOn = formAction(z.object({}), async (caller) =>
  done(undefined, await singleSignOn.testSingleSignOn(caller)),
);
