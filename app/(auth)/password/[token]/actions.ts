"use server";

import { headers } from "next/headers";
import { goTo, visitorAction } from "../../../_server/forms/form-action.ts";
import { originOf } from "../../../_server/request-origin.ts";
import { signInByLink } from "../../../_server/session/session.ts";
import { ChosenPassword } from "#lib/operations/passwords/link-schema.ts";
import * as links from "#lib/operations/passwords/password-links.ts";
import { getRuntime } from "#lib/runtime.ts";

export const choosePassword = visitorAction(
  ChosenPassword,
  async (input) => {
    const { db, singleSignOn } = await getRuntime();
    if (!(await singleSignOn.mayUsePasswords())) return goTo("/login");
    const request = originOf(await headers());
    const { person } = await links.choosePassword(db, input, { now: new Date(), request });
    const { isWhole } = await signInByLink(person);
    return goTo(isWhole ? "/" : "/login/code");
  },
  { hideFields: ["password"] },
);
