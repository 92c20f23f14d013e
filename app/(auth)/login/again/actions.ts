"use server";

import { z } from "zod";
import { done, formAction, goTo } from "../../../_server/forms/form-action.ts";
import {
  askPasskeyAgain as ask,
  proveAgain as prove,
} from "../../../_server/session/prove-again.ts";
import { InvalidInput } from "#lib/operations/errors.ts";
import { ProofInput } from "#lib/operations/sessions/schema.ts";

export const proveAgain = formAction(
  ProofInput.extend({ onPage: z.enum(["yes", "first"]).optional() }),
  async (_caller, { password, code, state, response, onPage }) => {
    if (state && response) await prove({ passkey: { state, response } });
    else if (password) await prove({ password });
    else if (code) await prove({ code });
    else throw new InvalidInput({ password: ["the password is required"] });
    // The request still has the cookie of before, which opens nothing any more: its page could not
    // be made. The browser asks for it anew.
    if (onPage === "first") return goTo("/");
    return onPage ? goTo("/login/again?done=1") : done("Thank you");
  },
  { hideFields: ["password", "code", "state", "response"] },
);

export const askPasskeyAgain = formAction(z.object({}), async () => done(undefined, await ask()));
