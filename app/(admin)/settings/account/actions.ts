"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { changePassword as changeOwnPassword } from "../../../_server/session/session.ts";
import * as operators from "#lib/operations/operators/operators.ts";
import { PasswordChange } from "#lib/operations/operators/sign-in-schema.ts";
import * as passkeys from "#lib/operations/passkeys/own.ts";
import { NewPasskeyInput, PasskeyId, PasskeyName } from "#lib/operations/passkeys/schema.ts";
import * as own from "#lib/operations/second-factor/own.ts";
import { FirstCodeInput } from "#lib/operations/second-factor/schema.ts";

/** The page that goes on with it. */
const BegunAt = z.object({
  page: z.enum(["/settings/account", "/second-factor"]).default("/settings/account"),
});

export const changePassword = formAction(
  PasswordChange,
  async (caller, input) => {
    await operators.checkNewPassword(caller, input);
    await changeOwnPassword(input);
    await operators.recordPasswordChange(caller);
    return done("Password changed; your other sessions have ended");
  },
  { hideFields: ["present", "next"] },
);

export const beginApp = formAction(BegunAt, async (caller, { page }) => {
  await own.beginApp(caller);
  return goTo(page);
});

export const confirmApp = formAction(
  FirstCodeInput,
  async (caller, input) => done(undefined, await own.confirmApp(caller, input)),
  { hideFields: ["code", "present"] },
);

export const renewRecoveryCodes = formAction(
  FirstCodeInput,
  async (caller, input) => done(undefined, await own.renewRecoveryCodes(caller, input)),
  { hideFields: ["code", "present"] },
);

export const removeApp = formAction(
  FirstCodeInput,
  async (caller, input) => {
    await own.removeApp(caller, input);
    return goTo("/settings/account");
  },
  { hideFields: ["code", "present"] },
);

export const beginPasskey = formAction(z.object({}), async (caller) =>
  done(undefined, await passkeys.beginPasskey(caller)),
);

export const addPasskey = formAction(
  NewPasskeyInput,
  async (caller, input) => {
    await passkeys.addPasskey(caller, input);
    return done("Passkey added");
  },
  { hideFields: ["state", "response"] },
);

export const renamePasskey = formAction(PasskeyName, async (caller, input) => {
  await passkeys.renamePasskey(caller, input);
  return goTo("/settings/account");
});

export const removePasskey = formAction(PasskeyId, async (caller, input) => {
  await passkeys.removePasskey(caller, input);
  return goTo("/settings/account");
});
