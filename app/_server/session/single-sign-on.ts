import { headers } from "next/headers";
import {
  REFUSALS,
  type RefusalReason,
  SingleSignOnRefused,
} from "#lib/auth/single-sign-on/errors.ts";
import type { SecondStepOver } from "#lib/auth/second-factor/errors.ts";
import { hasCode } from "#lib/errors.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "../request-origin.ts";
import { proveAgain } from "./prove-again.ts";
import { answerWith, signInByProvider } from "./session.ts";

/** What the sign-in page offers beside a password, or instead of one. */
export async function singleSignOnOffer() {
  return (await getRuntime()).singleSignOn.offer();
}

/** A refusal in words; null for what is none. */
export function refusalWords(reason: unknown): string | null {
  const isKnown = typeof reason === "string" && Object.hasOwn(REFUSALS, reason);
  return isKnown ? REFUSALS[reason as RefusalReason] : null;
}

/** Sends the browser to the provider. */
export async function beginSingleSignOn(
  returnTo: string,
  how: { isAgain: boolean },
): Promise<Response> {
  const { singleSignOn } = await getRuntime();
  return orRefused(how, async () => {
    const { url, setCookie } = await singleSignOn.begin(returnTo, how);
    await answerWith({ setCookie: [setCookie] });
    return url;
  });
}

/** The browser comes back from the provider. */
export async function endSingleSignOn(query: string): Promise<Response> {
  const { singleSignOn } = await getRuntime();
  const sent = await headers();
  const isAgain = singleSignOn.isAgain(sent);
  return orRefused({ isAgain }, async () => {
    // Whatever comes of it, an attempt is over once it has come back.
    await answerWith({ setCookie: [singleSignOn.clearCookie()] });
    const came = await singleSignOn.finish({ query, headers: sent }, originOf(sent));
    if (isAgain) await provenByProvider(came);
    else await signInByProvider(came);
    return came.returnTo;
  });
}

async function provenByProvider(came: { operatorId: string; provenAt: Date }): Promise<void> {
  try {
    await proveAgain({ provenTo: "provider", ...came });
  } catch (error) {
    if (!hasCode<SecondStepOver>(error, "auth.second_step_over")) throw error;
    throw new SingleSignOnRefused("other_person");
  }
}

async function orRefused(
  how: { isAgain: boolean },
  goTo: () => Promise<string>,
): Promise<Response> {
  try {
    return redirectTo(await goTo());
  } catch (error) {
    if (!hasCode<SingleSignOnRefused>(error, "auth.single_sign_on_refused")) throw error;
    const { reason, finding } = error;
    const { security, log } = await getRuntime();
    const request = originOf(await headers());
    await security.count(request, {
      action: "sign_in.refuse",
      object: "operator",
      objectId: null,
      detail: { by: "single sign-on", reason },
    });
    log.warn({ reason, finding, requestId: request.id }, "single sign-on refused");
    return redirectTo(`${how.isAgain ? "/login/again" : "/login"}?refused=${reason}`);
  }
}

function redirectTo(location: string): Response {
  return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
}
