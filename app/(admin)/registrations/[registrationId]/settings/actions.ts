"use server";

import { z } from "zod";
import { done, formAction } from "../../../../_server/forms/form-action.ts";
import { Id } from "#lib/operations/fields.ts";
import { ImportedKeyInput } from "#lib/operations/keys/imported-schema.ts";
import * as keys from "#lib/operations/keys/imported-keys.ts";
import * as registrations from "#lib/operations/registrations/registrations.ts";
import { SignsWith } from "#lib/operations/registrations/schema.ts";

const Registration = z.object({ registrationId: Id });
const Key = Registration.extend({ keyId: Id });

export const chooseSigning = formAction(
  Registration.extend({ signsWith: SignsWith, toolJwksUrl: z.string().trim().optional() }),
  async (caller, { registrationId, signsWith, toolJwksUrl }) => {
    const url = signsWith === "own_key_set" ? null : (toolJwksUrl ?? null);
    await registrations.updateRegistration(caller, { registrationId, signsWith, toolJwksUrl: url });
    return done("Saved: test the connection next");
  },
);

export const importKey = formAction(
  Registration.extend({ ...ImportedKeyInput.shape, signsNow: z.boolean().default(false) }),
  async (caller, input) => {
    await keys.importKey(caller, input);
    return done("Key imported: test the connection next");
  },
  { hideFields: ["key", "passphrase"] },
);

export const useKey = formAction(Key, async (caller, input) => {
  await keys.useImportedKey(caller, input);
  return done("The registration signs with this key now");
});

export const deleteKey = formAction(Key, async (caller, input) => {
  await keys.deleteImportedKey(caller, input);
  return done("Key deleted");
});
