import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { SignedIn } from "#lib/auth/sign-in/sign-in.ts";
import type { Operator } from "#lib/auth/sign-in/store.ts";
import { isCodedError } from "#lib/errors.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import { createFirstOperator, hasOperator } from "#lib/operations/operators/operators.ts";
import type { FirstOperatorInput } from "#lib/operations/operators/sign-in-schema.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "../request-origin.ts";
import { parseSetCookie } from "./set-cookie.ts";

/** Who is signed in, read once per request. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const { signIn } = await getRuntime();
  return signIn.operatorOf(await headers(), { isUse: true });
});

/** For server actions: the form shows the error and keeps what was typed. */
export async function requireActor(): Promise<Operator> {
  const operator = await currentOperator();
  if (!operator) throw new NotSignedIn("your session has ended, sign in again");
  return operator;
}

/** For pages: who is not signed in goes to the sign-in page, or to the first-run page. */
export async function requirePageActor(returnTo?: string): Promise<Operator> {
  const operator = await currentOperator();
  if (operator) return operator;
  if (await isFirstRun()) redirect("/setup");
  redirect(returnTo ? `/login?returnTo=${encodeURIComponent(returnTo)}` : "/login");
}

/** True while nobody can sign in yet. */
export async function isFirstRun(): Promise<boolean> {
  return !(await hasOperator((await getRuntime()).db));
}

/** @throws InvalidInput | Conflict  a wrong code, or somebody was faster */
export async function addFirstOperator(input: FirstOperatorInput): Promise<void> {
  await createFirstOperator(await getRuntime(), input);
}

const SIGN_IN_REFUSALS: Partial<Record<string, string>> = {
  "auth.sign_in_refused": "sign_in.refuse",
  "auth.single_sign_on_only": "sign_in.refuse",
  "auth.sign_in_throttled": "sign_in.throttle",
  "auth.too_many_passwords": "sign_in.throttle",
};

const objectOf = ({ id }: Operator) => ({ object: "operator", objectId: id });

export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  const { security, signIn: door } = await getRuntime();
  const sent = await headers();
  try {
    await begin(await door.signIn(credentials, sent), "password");
  } catch (error) {
    const action = isCodedError(error) && SIGN_IN_REFUSALS[error.code];
    if (action)
      await security.count(originOf(sent), { action, object: "operator", objectId: null });
    throw error;
  }
}

/** Begins a session for somebody who has proved otherwise who they are. */
export async function signInAs(operatorId: string, by: "link" | "single sign-on"): Promise<void> {
  const { signIn: door } = await getRuntime();
  await begin(await door.open(operatorId, await headers()), by);
}

async function begin(signedIn: SignedIn, by: string): Promise<void> {
  const { security } = await getRuntime();
  const { operator: actor } = signedIn;
  const entry = { action: "sign_in.succeed", ...objectOf(actor), detail: { by } };
  await security.record({ actor, request: originOf(await headers()) }, entry);
  await answerWith(signedIn);
}

export async function signOut(): Promise<void> {
  const { security, signIn: door } = await getRuntime();
  const sent = await headers();
  const actor = await currentOperator();
  const answer = await door.signOut(sent);
  if (actor) {
    const by = { actor, request: originOf(sent) };
    await security.record(by, { action: "sign_out.succeed", ...objectOf(actor) });
  }
  await answerWith(answer);
}

export async function changePassword(change: { present: string; next: string }): Promise<void> {
  const runtime = await getRuntime();
  await answerWith(await runtime.signIn.changePassword(change, await headers()));
}

/** Sets the cookies of an answer. */
export async function answerWith({ setCookie }: { setCookie: string[] }): Promise<void> {
  const jar = await cookies();
  for (const header of setCookie) {
    const { name, value, ...attributes } = parseSetCookie(header);
    jar.set(name, value, attributes);
  }
}
