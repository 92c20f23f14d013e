"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { changePassword as changeOwnPassword } from "../../../_server/session/session.ts";
import * as operators from "#lib/operations/operators/operators.ts";
import { PasswordChange } from "#lib/operations/operators/sign-in-schema.ts";
import { mustSetUp } from "#lib/operations/permit.ts";
import * as own from "#lib/operations/second-factor/own.ts";
import { FirstCodeInput } from "#lib/operations/second-factor/schema.ts";

const Nothing = z.object({});

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

export const beginApp = formAction(Nothing, async (caller) => {
  await own.beginApp(caller);
  return goTo(mustSetUp(caller.actor) ? "/second-factor" : "/settings/account");
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
