"use server";

import { headers } from "next/headers";
import { goTo, visitorAction } from "../../../_server/forms/form-action.ts";
import { originOf } from "../../../_server/request-origin.ts";
import { signInAs } from "../../../_server/session/session.ts";
import { ChosenPassword } from "#lib/operations/passwords/link-schema.ts";
import * as links from "#lib/operations/passwords/password-links.ts";
import { getRuntime } from "#lib/runtime.ts";

export const choosePassword = visitorAction(
  ChosenPassword,
  async (input) => {
    const { db, singleSignOn } = await getRuntime();
    if (!(await singleSignOn.mayUsePasswords())) return goTo("/login");
    const request = originOf(await headers());
    const { operatorId } = await links.choosePassword(db, input, { now: new Date(), request });
    await signInAs(operatorId, "link");
    return goTo("/");
  },
  { hideFields: ["password"] },
);
