"use server";

import { z } from "zod";
import { done, formAction } from "../../_server/forms/form-action.ts";
import { Id } from "#lib/operations/fields.ts";
import { dropToken, refreshToken } from "#lib/operations/tokens/tokens.ts";

const Registration = z.object({ registrationId: Id });

export const refresh = formAction(Registration, async (caller, input) => {
  await refreshToken(caller, input);
  return done("New token obtained");
});

export const drop = formAction(Registration, async (caller, input) => {
  await dropToken(caller, input);
  return done("Token dropped from the cache");
});
