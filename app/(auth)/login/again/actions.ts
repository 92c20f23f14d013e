"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import { proveAgain as prove } from "../../../_server/session/prove-again.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { ProofInput } from "#lib/operations/sessions/schema.ts";

export const proveAgain = formAction(
  ProofInput.extend({ onPage: z.literal("yes").optional() }),
  async (_caller, { password, code, onPage }) => {
    if (password) await prove({ password });
    else if (code) await prove({ code });
    else throw new InvalidInput({ password: ["the password is required"] });
    // The request still has the cookie of before, which opens nothing any more: its page could not
    // be made. The browser asks for it anew.
    return onPage ? goTo("/login/again?done=1") : done("Thank you");
  },
  { hideFields: ["password", "code"] },
);
