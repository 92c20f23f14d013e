import { addressIn } from "../client-address.ts";
import { PasskeyRefused } from "../passkeys/errors.ts";
import type { AskedForUse, PasskeyAnswer, Passkeys, StoredPasskey } from "../passkeys/passkeys.ts";
import type { Access } from "../rights.ts";
import { CodeRefused, SecondStepOver } from "../second-factor/errors.ts";
import { createProofs, type Proof } from "../second-factor/proof.ts";
import { createStepCookie, markOfPassword, STEP_MS } from "../second-factor/step-cookie.ts";
import { hashToken, newToken } from "../secrets/one-time-token.ts";
import {
  hashOperatorPassword,
  isPasswordOf,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "../secrets/password.ts";
import type { Sealer } from "../secrets/seal.ts";
import { SingleSignOnOnly } from "../single-sign-on/errors.ts";
import { takePasskeySignIn, takeProof, takeSecondStep, takeSignIn } from "./attempts.ts";
import { type Cookies, cookiesOf, withoutCookies } from "./cookies.ts";
import { PasswordRefused, SignInRefused } from "./errors.ts";
import { createKnownDevices } from "./known-device.ts";
import { createLibrary, type LibraryOptions } from "./library.ts";
import { type FoundSession, limitReached, type LimitReached, operatorOf } from "./sessions.ts";
import type { CodeKind, Operator, Person, SecondFactorCheck } from "./store.ts";

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
  /** What the browser asks a device for. @throws SingleSignOnOnly | PasskeyRefused */
  askPasskey(): Promise<AskedForUse>;
  /**
   * By a passkey alone, which knows the person: it stands for two factors.
   *
   * @throws SingleSignOnOnly
   * @throws PasskeyRefused
   * @throws SignInThrottled
   */
  enterByPasskey(
    answer: PasskeyAnswer,
    headers: Headers,
  ): Promise<SignedIn & { passkey: StoredPasskey }>;
  /** For somebody who has proved all that is asked, at the provider, and when. */
  open(operatorId: string, provenAt: Date, headers: Headers): Promise<SignedIn>;
  /** What the browser asks a device of who is signed in. @throws SecondStepOver | PasskeyRefused */
  askPasskeyAgain(headers: Headers): Promise<AskedForUse>;
  /**
   * Somebody signed in proves once more who they are; the session goes on under a new cookie.
   *
   * @throws SecondStepOver    the session has ended, or it is somebody else's
   * @throws SingleSignOnOnly  no password proves anything here
   * @throws PasswordRefused
   * @throws CodeRefused
   * @throws PasskeyRefused
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

export type SignedIn = Cookies & { operator: Operator };
/** A session, or the cookie with which the second step is asked. */
export type Entered = SignedIn & { isWhole: boolean };

type LibraryAnswer = { headers: Headers; response: { user: Person } };

/** Who has just signed in does nothing yet. */
const NO_ACCESS: Access = { rights: [], registrationIds: [] };

export type SignInOptions = LibraryOptions & {
  sealer: Sealer;
  secondFactor: SecondFactorCheck;
  passkeys: Passkeys;
  /** False where people sign in at their provider alone. */
  mayUsePasswords(): Promise<boolean>;
  /** A session was over one of its limits. */
  onEnd(operator: Operator, reason: LimitReached): Promise<void>;
};

export function createSignIn(options: SignInOptions): SignIn {
  const { store, secret, publicUrl, sealer, secondFactor, passkeys } = options;
  const isSecure = publicUrl.startsWith("https:");
  const library = createLibrary(options);
  const devices = createKnownDevices({ secret, isSecure });
  const steps = createStepCookie(sealer, { isSecure });
  const provenBy = createProofs(options);

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
      const isRight = await isPasswordOf(found?.hash, credentials.password);
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
    async askPasskey() {
      if (!(await options.mayUsePasswords())) throw new SingleSignOnOnly();
      return passkeys.ask({ for: "sign_in" });
    },
    async enterByPasskey(answer, headers) {
      if (!(await options.mayUsePasswords())) throw new SingleSignOnOnly();
      const taken = await takePasskeySignIn(store, addressIn(headers));
      const passkey = await passkeys.use({ for: "sign_in" }, answer);
      const { operatorId } = passkey;
      // Who has no password here comes by the provider alone.
      if (!(await store.findPassword({ id: operatorId }))?.hash)
        throw new PasskeyRefused("unknown");
      await taken.succeeded();
      return { ...(await openSession(operatorId, provenNow(true), headers)), passkey };
    },
    async askPasskeyAgain(headers) {
      const found = await sessionIn(headers);
      if (!found) throw new SecondStepOver();
      return passkeys.ask({ for: "proof", ...proverIn(found) });
    },
    open: (operatorId, provenAt, headers) =>
      openSession(operatorId, { hasSecondFactor: true, provenAt }, headers),
    async proveAgain(proof, headers) {
      const found = await sessionIn(headers);
      if (!found) throw new SecondStepOver();
      const provenAt = await provenBy(proof, proverIn(found));
      const hasSecondFactor = found.session.hasSecondFactor === true || "passkey" in proof;
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
      if (!found || !(await isPasswordOf(kept?.hash, present))) throw new PasswordRefused("wrong");
      await taken.succeeded();
      const userId = found.user.id;
      await store.setPassword({ userId, passwordHash: await hashOperatorPassword(next) });
      const hasSecondFactor = found.session.hasSecondFactor === true;
      return openSession(userId, provenNow(hasSecondFactor), headers);
    },
  };
}

const provenNow = (hasSecondFactor: boolean) => ({ hasSecondFactor, provenAt: new Date() });

const proverIn = ({ user, session }: FoundSession) => ({
  operatorId: user.id,
  sessionId: session.id,
});

function newcomer({ id, name, email }: Person): Operator {
  return { kind: "operator", id, name, email, access: NO_ACCESS };
}
