"use server";

import { z } from "zod";
import { confirmed } from "../../../_server/forms/confirmed.ts";
import { done, formAction } from "../../../_server/forms/form-action.ts";
import * as keys from "#lib/operations/keys/signing-keys.ts";

const Nothing = z.object({});

export const prepare = formAction(Nothing, async (caller) => {
  await keys.prepareSigningKey(caller);
  return done("The next key is published");
});

export const switchKey = formAction(Nothing, async (caller) => {
  await keys.switchSigningKey(caller);
  return done("The next key signs from now on");
});

export const retire = formAction(z.object({ kid: z.string() }), async (caller, input) => {
  await keys.retireSigningKey(caller, input);
  return done("The key is retired");
});

export const replace = formAction(
  z.object({ confirmation: z.string() }),
  async (caller, { confirmation }) => {
    confirmed(confirmation, "replace all keys");
    await keys.replaceSigningKeys(caller);
    return done("All keys are replaced");
  },
);
