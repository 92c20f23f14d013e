import { cookies, headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { PasskeyRefused } from "#lib/auth/passkeys/errors.ts";
import type { AskedForUse, PasskeyAnswer } from "#lib/auth/passkeys/passkeys.ts";
import type { Entered, SignedIn } from "#lib/auth/sign-in/sign-in.ts";
import type { Operator, Person } from "#lib/auth/sign-in/store.ts";
import type { SecondStepOver } from "#lib/auth/second-factor/errors.ts";
import type { AuditDetail } from "#lib/operations/audit/trail.ts";
import { hasCode, isCodedError } from "#lib/errors.ts";
import { NotSignedIn } from "#lib/operations/errors.ts";
import { createFirstOperator, hasOperator } from "#lib/operations/operators/operators.ts";
import { offersPasskeys } from "#lib/operations/passkeys/own.ts";
import type { FirstOperatorInput } from "#lib/operations/operators/sign-in-schema.ts";
import { getRuntime } from "#lib/runtime.ts";
import { originOf } from "../request-origin.ts";
import { parseSetCookie } from "./set-cookie.ts";

/** Who is signed in, read once per request. */
export const currentOperator = cache(async (): Promise<Operator | null> => {
  const { signIn } = await getRuntime();
  const sent = await headers();
  const found = await signIn.operatorOf(sent, { isUse: true });
  return found ?? signIn.operatorOf(await withCookiesSet(sent), { isUse: true });
});

/**
 * What was sent, with the cookies that an action has set since: the page that is made in the same
 * request is then that of the session as it goes on. Next's `headers` still has the ones before.
 */
async function withCookiesSet(sent: Headers): Promise<Headers> {
  const now = new Headers(sent);
  const pairs = (await cookies()).getAll();
  const words = pairs.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`);
  now.set("cookie", words.join("; "));
  return now;
}

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

/** Whether somebody has a passkey, and browsers know them at this address. */
export async function passkeysAreOffered(): Promise<boolean> {
  const { db, settings } = await getRuntime();
  return offersPasskeys(db, settings);
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
  "auth.code_refused": "sign_in.refuse",
  "auth.password_refused": "sign_in.refuse",
  "auth.passkey_refused": "sign_in.refuse",
};

const objectOf = ({ id }: Operator) => ({ object: "operator", objectId: id });

/** Whether the session has begun; else the second step is to be asked. */
type Begun = { isWhole: boolean };

export async function signIn(credentials: { email: string; password: string }): Promise<Begun> {
  const { signIn: door } = await getRuntime();
  const sent = await headers();
  return counted(sent, async () => begin(await door.signIn(credentials, sent), "password"));
}

/** For somebody who has chosen a password by a link. */
export async function signInByLink(person: Person): Promise<Begun> {
  const { signIn: door } = await getRuntime();
  return begin(await door.goOn(person, "link", await headers()), "link");
}

/** Begins a session for somebody whom the provider of single sign-on has let in. */
export async function signInByProvider(came: {
  operatorId: string;
  provenAt: Date;
}): Promise<void> {
  const { signIn: door } = await getRuntime();
  const opened = await door.open(came.operatorId, came.provenAt, await headers());
  await record(opened, { by: "single sign-on" });
}

/** Whose second step is under way in this browser; null where none is. */
export async function secondStep(): Promise<{ email: string } | null> {
  const { signIn: door } = await getRuntime();
  try {
    return door.secondStep(await headers());
  } catch (error) {
    if (hasCode<SecondStepOver>(error, "auth.second_step_over")) return null;
    throw error;
  }
}

/** The second step of a sign-in: a code of an app, or a recovery code. */
export async function enterCode(code: string): Promise<void> {
  const { signIn: door } = await getRuntime();
  const sent = await headers();
  await counted(sent, async () => {
    const { by, kind, ...signedIn } = await door.enterCode(code, sent);
    await record(signedIn, { by, secondFactor: kind });
  });
}

/** What the browser asks a device, of whoever it is. */
export async function askPasskey(): Promise<AskedForUse> {
  return (await getRuntime()).signIn.askPasskey();
}

/** Signs somebody in by a passkey alone. */
export async function signInByPasskey(answer: PasskeyAnswer): Promise<void> {
  const { signIn: door } = await getRuntime();
  const sent = await headers();
  await counted(sent, async () => {
    const { passkey, ...signedIn } = await door.enterByPasskey(answer, sent);
    await record(signedIn, { by: "passkey", passkey: passkey.name });
  });
}

async function begin(entered: Entered, by: string): Promise<Begun> {
  if (entered.isWhole) await record(entered, { by });
  else await answerWith(entered);
  return { isWhole: entered.isWhole };
}

async function record(signedIn: SignedIn, detail: AuditDetail): Promise<void> {
  const { security } = await getRuntime();
  const { operator: actor } = signedIn;
  const entry = { action: "sign_in.succeed", ...objectOf(actor), detail };
  await security.record({ actor, request: originOf(await headers()) }, entry);
  await answerWith(signedIn);
}

/** Puts on record where somebody is refused. */
export async function counted<Answer>(
  sent: Headers,
  enter: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await enter();
  } catch (error) {
    const action = isCodedError(error) && SIGN_IN_REFUSALS[error.code];
    const { security, log } = await getRuntime();
    const request = originOf(sent);
    const isPasskey = hasCode<PasskeyRefused>(error, "auth.passkey_refused");
    const detail = isPasskey ? { by: "passkey", reason: error.reason } : undefined;
    if (action)
      await security.count(request, { action, object: "operator", objectId: null, detail });
    if (isPasskey)
      log.warn({ ...detail, finding: error.finding, requestId: request.id }, "passkey refused");
    throw error;
  }
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
  const { signIn: door } = await getRuntime();
  const sent = await headers();
  await counted(sent, async () => answerWith(await door.changePassword(change, sent)));
}

/** Sets the cookies of an answer. */
export async function answerWith({ setCookie }: { setCookie: string[] }): Promise<void> {
  const jar = await cookies();
  for (const header of setCookie) {
    const { name, value, ...attributes } = parseSetCookie(header);
    jar.set(name, value, attributes);
  }
}
