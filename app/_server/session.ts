import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Operator } from "#lib/auth/sign-in.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import { createFirstOperator, hasOperator } from "#lib/operations/operators/operators.ts";
import type { FirstOperatorInput } from "#lib/operations/operators/sign-in-schema.ts";
import { getRuntime } from "#lib/runtime.ts";
import { parseSetCookie } from "./set-cookie.ts";

/** Who is signed in, read once per request. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const { signIn } = await getRuntime();
  const signedIn = await signIn.operatorOf(await headers());
  return signedIn?.operator ?? null;
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

export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  const runtime = await getRuntime();
  await answerWith(await runtime.signIn.signIn(credentials, await headers()));
}

export async function signOut(): Promise<void> {
  const runtime = await getRuntime();
  await answerWith(await runtime.signIn.signOut(await headers()));
}

export async function changePassword(change: { present: string; next: string }): Promise<void> {
  const runtime = await getRuntime();
  await answerWith(await runtime.signIn.changePassword(change, await headers()));
}

async function answerWith({ setCookie }: { setCookie: string[] }): Promise<void> {
  const jar = await cookies();
  for (const header of setCookie) {
    const { name, value, ...attributes } = parseSetCookie(header);
    jar.set(name, value, attributes);
  }
}
