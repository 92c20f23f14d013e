import { addressIn } from "../client-address.ts";
import type { Access } from "../rights.ts";
import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from "../secrets/password.ts";
import { takeProof, takeSignIn } from "./attempts.ts";
import { SingleSignOnOnly } from "../single-sign-on/errors.ts";
import { type Cookies, cookiesOf, withoutCookies } from "./cookies.ts";
import { PasswordRefused, SignInRefused } from "./errors.ts";
import { createKnownDevices } from "./known-device.ts";
import { createLibrary, type LibraryOptions, refuseAs } from "./library.ts";
import { type FoundSession, limitReached, type LimitReached, operatorOf } from "./sessions.ts";
import type { Operator } from "./store.ts";

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
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<SignedIn>;
  /** For somebody who has proved otherwise who they are, by a one-time link or at a provider. */
  open(operatorId: string, headers: Headers): Promise<SignedIn>;
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

type LibraryAnswer = {
  headers: Headers;
  response: { user: { id: string; name: string; email: string } };
};

/** Who has just signed in does nothing yet. */
const NO_ACCESS: Access = { rights: [], registrationIds: [] };

export type SignInOptions = LibraryOptions & {
  /** False where people sign in at their provider alone. */
  mayUsePasswords(): Promise<boolean>;
  /** A session was over one of its limits. */
  onEnd(operator: Operator, reason: LimitReached): Promise<void>;
};

export function createSignIn(options: SignInOptions): SignIn {
  const { store, secret, publicUrl } = options;
  const library = createLibrary(options);
  const devices = createKnownDevices({ secret, isSecure: publicUrl.startsWith("https:") });

  async function sessionIn(headers: Headers): Promise<FoundSession | null> {
    return library.api.getSession({ headers, query: { disableRefresh: true } });
  }

  function signedIn({ headers, response }: LibraryAnswer): SignedIn {
    // Without the fields of ours, the answer says less than the session does.
    const { id, name, email } = response.user;
    const operator: Operator = { kind: "operator", id, name, email, access: NO_ACCESS };
    const { setCookie } = cookiesOf(headers);
    return { operator, setCookie: [...setCookie, devices.cookieFor(email)] };
  }

  return {
    async operatorOf(headers, { isUse } = { isUse: false }) {
      const found = await sessionIn(headers);
      if (!found) return null;
      const operator = operatorOf(found);
      const reason = limitReached(found, await store.sessionLimits(), new Date());
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
      const answer = await refuseAs(new SignInRefused(), () =>
        library.api.signInEmail({
          body: { email, password: credentials.password },
          headers: withoutCookies(headers),
          returnHeaders: true,
        }),
      );
      await taken.succeeded();
      return signedIn(answer);
    },
    async open(operatorId, headers) {
      const body = { userId: operatorId };
      return signedIn(
        await library.api.openSession({
          body,
          headers: withoutCookies(headers),
          returnHeaders: true,
        }),
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
      const answer = await refuseAs(new PasswordRefused("wrong"), () =>
        library.api.changePassword({
          body: { currentPassword: present, newPassword: next, revokeOtherSessions: true },
          headers,
          returnHeaders: true,
        }),
      );
      await taken.succeeded();
      return cookiesOf(answer.headers);
    },
  };
}
