"use server";

import { z } from "zod";
import { done, goTo, visitorAction } from "../../_server/forms/form-action.ts";
import { returnPath } from "../../_server/session/return-to.ts";
import {
  askPasskey as ask,
  signIn as openSession,
  signInByPasskey as openByPasskey,
} from "../../_server/session/session.ts";
import { SignInInput } from "#lib/operations/operators/sign-in-schema.ts";
import { PasskeyAnswer } from "#lib/operations/passkeys/schema.ts";

export const signIn = visitorAction(
  SignInInput.extend({ returnTo: z.string().optional() }),
  async ({ returnTo, ...credentials }) => {
    const { isWhole } = await openSession(credentials);
    const path = returnPath(returnTo);
    return goTo(isWhole ? path : `/login/code?returnTo=${encodeURIComponent(path)}`);
  },
  { hideFields: ["password"] },
);

export const askPasskey = visitorAction(z.object({}), async () => done(undefined, await ask()));

export const signInByPasskey = visitorAction(
  PasskeyAnswer.extend({ returnTo: z.string().optional() }),
  async ({ returnTo, ...answer }) => {
    await openByPasskey(answer);
    return goTo(returnPath(returnTo));
  },
  { hideFields: ["state", "response"] },
);
