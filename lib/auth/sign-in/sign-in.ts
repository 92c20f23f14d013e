import { addressIn } from "../client-address.ts";
import type { Access } from "../rights.ts";
import { CodeRefused, SecondStepOver } from "../second-factor/errors.ts";
import { createStepCookie, markOfPassword, STEP_MS } from "../second-factor/step-cookie.ts";
import { hashToken, newToken } from "../secrets/one-time-token.ts";
import {
  hashOperatorPassword,
  isOperatorPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "../secrets/password.ts";
import type { Sealer } from "../secrets/seal.ts";
import { SingleSignOnOnly } from "../single-sign-on/errors.ts";
import { takeProof, takeSecondStep, takeSignIn } from "./attempts.ts";
import { type Cookies, cookiesOf, withoutCookies } from "./cookies.ts";
import { PasswordRefused, SignInRefused } from "./errors.ts";
import { createKnownDevices } from "./known-device.ts";
import { createLibrary, type LibraryOptions } from "./library.ts";
import { type FoundSession, limitReached, type LimitReached, operatorOf } from "./sessions.ts";
import type { CodeKind, Operator, PasswordOf, Person, SecondFactorCheck } from "./store.ts";

export type SignIn = {
  /**
   * Who the session cookie speaks for; null where none does, or its session has ended. `isUse`
   * where a person opened a page or acted: a page that reads by itself keeps no session alive.
   */
  operatorOf(headers: Headers, how?: { isUse: boolean }): Promise<Operator | null>;
  /**
   * @throws SingleSignOnOnly  no password opens a session
   * @throws SignInRefused    wrong e-mail or password
   * @throws SignInThrottled  too many attempts for this account or from this address
   * @throws TooManyPasswords
   */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<Entered>;
  /** For somebody who has proved by a one-time link who they are. */
  goOn(person: Person, by: string, headers: Headers): Promise<Entered>;
  /** Whose second step this browser has under way. @throws SecondStepOver */
  secondStep(headers: Headers): { email: string };
  /**
   * The second step, by a code of an app or a recovery code.
   *
   * @throws SingleSignOnOnly  no password opens a session any more
   * @throws SecondStepOver
   * @throws CodeRefused
   * @throws SignInThrottled
   */
  enterCode(code: string, headers: Headers): Promise<SignedIn & { by: string; kind: CodeKind }>;
  /** For somebody who has proved all that is asked, at the provider, and when. */
  open(operatorId: string, provenAt: Date, headers: Headers): Promise<SignedIn>;
  /**
   * Somebody signed in proves once more who they are; the session goes on under a new cookie.
   *
   * @throws SecondStepOver    the session has ended, or it is somebody else's
   * @throws SingleSignOnOnly  no password proves anything here
   * @throws PasswordRefused
   * @throws CodeRefused
   * @throws SignInThrottled
   * @throws TooManyPasswords
   */
  proveAgain(proof: Proof, headers: Headers): Promise<Cookies>;
  signOut(headers: Headers): Promise<Cookies>;
  /**
   * Other sessions of the operator end; this one goes on under a new cookie.
   *
   * @throws PasswordRefused  wrong present password, or a new one that does not do
   * @throws SignInThrottled  the present password was wrong too often
   * @throws TooManyPasswords
   */
  changePassword(change: { present: string; next: string }, headers: Headers): Promise<Cookies>;
};

/** What shows once more who somebody is; `provenTo`: the provider has said it, of this operator. */
export type Proof =
  | { password: string }
  | { code: string }
  | { provenTo: "provider"; operatorId: string; provenAt: Date };

export type SignedIn = Cookies & { operator: Operator };
/** A session, or the cookie with which the second step is asked. */
export type Entered = SignedIn & { isWhole: boolean };

type LibraryAnswer = { headers: Headers; response: { user: Person } };

/** Who has just signed in does nothing yet. */
const NO_ACCESS: Access = { rights: [], registrationIds: [] };

export type SignInOptions = LibraryOptions & {
  sealer: Sealer;
  secondFactor: SecondFactorCheck;
  /** False where people sign in at their provider alone. */
  mayUsePasswords(): Promise<boolean>;
  /** A session was over one of its limits. */
  onEnd(operator: Operator, reason: LimitReached): Promise<void>;
};

export function createSignIn(options: SignInOptions): SignIn {
  const { store, secret, publicUrl, sealer, secondFactor } = options;
  const isSecure = publicUrl.startsWith("https:");
  const library = createLibrary(options);
  const devices = createKnownDevices({ secret, isSecure });
  const steps = createStepCookie(sealer, { isSecure });

  async function sessionIn(headers: Headers): Promise<FoundSession | null> {
    return library.api.getSession({ headers, query: { disableRefresh: true } });
  }

  async function openSession(
    userId: string,
    proven: { hasSecondFactor: boolean; provenAt: Date },
    headers: Headers,
  ) {
    const body = { userId, ...proven };
    const asked = { body, headers: withoutCookies(headers), returnHeaders: true } as const;
    return signedIn(await library.api.openSession(asked));
  }

  function signedIn({ headers, response }: LibraryAnswer): SignedIn {
    const { setCookie } = cookiesOf(headers);
    const operator = newcomer(response.user);
    return { operator, setCookie: [...setCookie, devices.cookieFor(operator.email)] };
  }

  async function goOn(person: Person, by: string, headers: Headers): Promise<Entered> {
    const { id: operatorId, email } = person;
    if (!(await secondFactor.isOn(operatorId)))
      return { ...(await openSession(operatorId, provenNow(false), headers)), isWhole: true };
    const step = { id: newToken(), operatorId, email, by, password: await passwordNow(operatorId) };
    const setCookie = [steps.write(step, new Date())];
    return { operator: newcomer(person), setCookie, isWhole: false };
  }

  /** When it was proved. */
  async function provenBy(proof: Proof, operatorId: string): Promise<Date> {
    if ("provenTo" in proof) {
      if (proof.operatorId !== operatorId) throw new SecondStepOver();
      return proof.provenAt;
    }
    const taken = await takeProof(store, operatorId);
    if ("code" in proof) {
      if (!(await secondFactor.takeCode(operatorId, proof.code))) throw new CodeRefused();
    } else {
      if (!(await options.mayUsePasswords())) throw new SingleSignOnOnly();
      const kept = await store.findPassword({ id: operatorId });
      if (!(await isPasswordOf(kept, proof.password))) throw new PasswordRefused("wrong");
    }
    await taken.succeeded();
    return new Date();
  }

  async function passwordNow(id: string): Promise<string> {
    return markOfPassword(id, (await store.findPassword({ id }))?.hash ?? null);
  }

  function secondStep(headers: Headers) {
    const step = steps.read(headers, new Date());
    if (!step) throw new SecondStepOver();
    return step;
  }

  return {
    goOn,
    secondStep,
    async operatorOf(headers, { isUse } = { isUse: false }) {
      const found = await sessionIn(headers);
      if (!found) return null;
      const rules = await store.sessionRules();
      const operator = operatorOf(found, rules);
      const reason = limitReached(found, rules, new Date());
      if (reason) {
        await store.endSession(found.session.id);
        await options.onEnd(operator, reason);
        return null;
      }
      if (isUse) await store.touchSession(found.session.id);
      return operator;
    },
    async signIn(credentials, headers) {
      if (!(await options.mayUsePasswords())) throw new SingleSignOnOnly();
      const email = credentials.email.trim().toLowerCase();
      const device = devices.of(headers, email);
      const taken = await takeSignIn(store, { email, address: addressIn(headers), device });
      const found = await store.findPassword({ email });
      const isRight = await isPasswordOf(found, credentials.password);
      if (!found || !isRight) throw new SignInRefused();
      await taken.succeeded();
      return goOn(found.person, "password", headers);
    },
    async enterCode(code, headers) {
      const { id, operatorId, email, by, password } = secondStep(headers);
      if (!(await options.mayUsePasswords())) throw new SingleSignOnOnly();
      if (password !== (await passwordNow(operatorId))) throw new SecondStepOver();
      const device = devices.of(headers, email);
      const taken = await takeSecondStep(store, { operatorId, device });
      const kind = await secondFactor.takeCode(operatorId, code);
      if (!kind) throw new CodeRefused();
      await taken.succeeded();
      const used = { hash: hashToken(`second step ${id}`), lastsMs: STEP_MS };
      if (!(await store.useOnce(used))) throw new SecondStepOver();
      const opened = await openSession(operatorId, provenNow(true), headers);
      return { ...opened, setCookie: [...opened.setCookie, steps.clear()], by, kind };
    },
    open: (operatorId, provenAt, headers) =>
      openSession(operatorId, { hasSecondFactor: true, provenAt }, headers),
    async proveAgain(proof, headers) {
      const found = await sessionIn(headers);
      if (!found) throw new SecondStepOver();
      const provenAt = await provenBy(proof, found.user.id);
      const hasSecondFactor = found.session.hasSecondFactor === true;
      const body = { token: found.session.token, hasSecondFactor, provenAt };
      return cookiesOf(
        (await library.api.renewSession({ body, headers, returnHeaders: true })).headers,
      );
    },
    async signOut(headers) {
      return cookiesOf((await library.api.signOut({ headers, returnHeaders: true })).headers);
    },
    async changePassword({ present, next }, headers) {
      if (next.length < PASSWORD_MIN_LENGTH) throw new PasswordRefused("too_short");
      if (next.length > PASSWORD_MAX_LENGTH) throw new PasswordRefused("too_long");
      const found = await sessionIn(headers);
      const taken = await takeProof(store, found?.user.id ?? "");
      const kept = found && (await store.findPassword({ id: found.user.id }));
      if (!found || !(await isPasswordOf(kept, present))) throw new PasswordRefused("wrong");
      await taken.succeeded();
      const userId = found.user.id;
      await store.setPassword({ userId, passwordHash: await hashOperatorPassword(next) });
      const hasSecondFactor = found.session.hasSecondFactor === true;
      return openSession(userId, provenNow(hasSecondFactor), headers);
    },
  };
}

const provenNow = (hasSecondFactor: boolean) => ({ hasSecondFactor, provenAt: new Date() });

function newcomer({ id, name, email }: Person): Operator {
  return { kind: "operator", id, name, email, access: NO_ACCESS };
}

/** Takes as long for nobody's e-mail as for somebody's. @throws TooManyPasswords */
async function isPasswordOf(found: PasswordOf | null, given: string): Promise<boolean> {
  if (found?.hash) return isOperatorPassword(found.hash, given);
  await hashOperatorPassword(given);
  return false;
}
