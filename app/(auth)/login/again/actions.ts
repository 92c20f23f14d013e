"use server";

import { done, formAction } from "../../../_server/forms/form-action.ts";
import { proveAgain as prove } from "../../../_server/session/prove-again.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { ProofInput } from "#lib/operations/sessions/schema.ts";

export const proveAgain = formAction(
  ProofInput,
  async (_caller, { password, code }) => {
    if (password) await prove({ password });
    else if (code) await prove({ code });
    else throw new InvalidInput({ password: ["the password is required"] });
    return done("Thank you");
  },
  { hideFields: ["password", "code"] },
);
