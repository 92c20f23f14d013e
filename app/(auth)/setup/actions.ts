"use server";

import { goTo, visitorAction } from "../../_server/forms/form-action.ts";
import { addFirstOperator, signIn } from "../../_server/session/session.ts";
import { FirstOperatorInput } from "#lib/operations/operators/sign-in-schema.ts";

export const setUp = visitorAction(
  FirstOperatorInput,
  async (input) => {
    await addFirstOperator(input);
    await signIn({ email: input.email, password: input.password });
    return goTo("/");
  },
  { hideFields: ["password"] },
);
