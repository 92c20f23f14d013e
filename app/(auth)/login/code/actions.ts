"use server";

import { z } from "zod";
import { goTo, visitorAction } from "../../../_server/forms/form-action.ts";
import { returnPath } from "../../../_server/session/return-to.ts";
import { enterCode as enter } from "../../../_server/session/session.ts";
import { CodeInput } from "#lib/operations/second-factor/schema.ts";

export const enterCode = visitorAction(
  CodeInput.extend({ returnTo: z.string().optional() }),
  async ({ code, returnTo }) => {
    await enter(code);
    return goTo(returnPath(returnTo));
  },
  { hideFields: ["code"] },
);
