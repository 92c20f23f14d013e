"use server";

import { z } from "zod";
import { goTo, visitorAction } from "../../_server/forms/form-action.ts";
import { returnPath } from "../../_server/session/return-to.ts";
import { signIn as openSession } from "../../_server/session/session.ts";
import { SignInInput } from "#lib/operations/operators/sign-in-schema.ts";

export const signIn = visitorAction(
  SignInInput.extend({ returnTo: z.string().optional() }),
  async ({ returnTo, ...credentials }) => {
    const { isWhole } = await openSession(credentials);
    const path = returnPath(returnTo);
    return goTo(isWhole ? path : `/login/code?returnTo=${encodeURIComponent(path)}`);
  },
  { hideFields: ["password"] },
);
