import { APIError } from "better-auth/api";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { CodedError } from "#lib/errors.ts";
import type { Actor } from "./actor.ts";
import { type Access, accessOf, rightsOfRole, type Role } from "./rights.ts";
import {
  hashOperatorPassword,
  isOperatorPassword,
  PASSWORD_MAX_LENGTH,
  PASSWORD_MIN_LENGTH,
} from "./secrets/password.ts";
import { deriveSecret } from "./secrets/seal.ts";
import { createThrottle } from "./throttle.ts";

export type Operator = Extract<Actor, { kind: "operator" }>;

/** The e-mail or the password is wrong; which of the two is not said. */
export class SignInRefused extends CodedError {
  readonly code = "auth.sign_in_refused" as const;

  constructor() {
    super("the e-mail or the password is not right");
  }
}

export class SignInThrottled extends CodedError {
  readonly code = "auth.sign_in_throttled" as const;

  constructor(readonly retryAfterSeconds: number) {
    super("too many attempts to sign in, wait before the next one");
  }
}

export class PasswordRefused extends CodedError {
  readonly code = "auth.password_refused" as const;

  constructor(readonly reason: "wrong" | "too_short" | "too_long") {
    super(
      reason === "wrong" ? "the present password is not right" : "the new password does not do",
    );
  }
}

/** `Set-Cookie` values that the answer to the browser must carry. */
export type Cookies = { setCookie: string[] };

export type SignIn = {
  /** Who the session cookie speaks for; `refresh` lets a session in use live on. */
  operatorOf(headers: Headers, options?: { refresh: boolean }): Promise<SignedIn | null>;
  /**
   * @throws SignInRefused    wrong e-mail or password
   * @throws SignInThrottled  too many attempts for this e-mail
   * @throws TooManyPasswords
   */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<SignedIn>;
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

/** Who has just signed in does nothing yet. */
const NO_ACCESS: Access = { rights: [], registrationIds: [] };

type SignInOptions = { prisma: object; secret: string; publicUrl: string };

export function createSignIn(options: SignInOptions): SignIn {
  const auth = createAuth(options);
  const throttle = createThrottle({ attempts: 10, windowMs: 15 * 60_000 });
  return {
    async operatorOf(headers, { refresh } = { refresh: false }) {
      const found = await auth.api.getSession({
        headers,
        query: { disableRefresh: !refresh },
        returnHeaders: true,
      });
      if (!found.response) return null;
      return { operator: operatorOf(found.response.user), ...cookiesOf(found.headers) };
    },
    async signIn(credentials, headers) {
      const email = credentials.email.trim().toLowerCase();
      const wait = throttle.take(email, Date.now());
      if (wait > 0) throw new SignInThrottled(wait);
      const answer = await refuseAs(new SignInRefused(), () =>
        auth.api.signInEmail({
          body: { email, password: credentials.password },
          headers: withoutCookies(headers),
          returnHeaders: true,
        }),
      );
      throttle.forget(email);
      // Without the fields of ours, the answer says less than the session does.
      const { id, name } = answer.response.user;
      const operator: Operator = { kind: "operator", id, name, email, access: NO_ACCESS };
      return { operator, ...cookiesOf(answer.headers) };
    },
    async signOut(headers) {
      return cookiesOf((await auth.api.signOut({ headers, returnHeaders: true })).headers);
    },
    async changePassword({ present, next }, headers) {
      if (next.length < PASSWORD_MIN_LENGTH) throw new PasswordRefused("too_short");
      if (next.length > PASSWORD_MAX_LENGTH) throw new PasswordRefused("too_long");
      const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      // Apart from sign-ins: a stolen session is not to lock its operator out.
      const name = `password of ${session?.user.id}`;
      const wait = throttle.take(name, Date.now());
      if (wait > 0) throw new SignInThrottled(wait);
      const answer = await refuseAs(new PasswordRefused("wrong"), () =>
        auth.api.changePassword({
          body: { currentPassword: present, newPassword: next, revokeOtherSessions: true },
          headers,
          returnHeaders: true,
        }),
      );
      throttle.forget(name);
      return cookiesOf(answer.headers);
    },
  };
}

type User = { id: string; name: string; email: string };

/** As the user stands in the database: the session is read anew for each request. */
function operatorOf(user: User & Record<string, unknown>): Operator {
  const { id, name, email, role, seesNames, registrationIds } = user as User & StoredAccess;
  const access = accessOf(rightsOfRole(role, { seesNames }), registrationIds);
  return { kind: "operator", id, name, email, access };
}

type StoredAccess = { role: Role; seesNames: boolean; registrationIds: string[] };

const ACCESS_FIELDS = {
  role: { type: "string", required: true, input: false },
  seesNames: { type: "boolean", required: true, input: false },
  registrationIds: { type: "string[]", required: true, input: false },
} as const;

// Called in this process alone: the library's own routes would be a way around the throttle.
function createAuth({ prisma, secret, publicUrl }: SignInOptions) {
  return betterAuth({
    appName: "Rollbook",
    baseURL: publicUrl,
    secret: deriveSecret(secret, "session").toString("base64url"),
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
    telemetry: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
      password: {
        hash: hashOperatorPassword,
        verify: ({ hash, password }) => isOperatorPassword(hash, password),
      },
    },
    user: { additionalFields: ACCESS_FIELDS },
    session: { expiresIn: 7 * 86_400, updateAge: 86_400 },
    advanced: {
      cookiePrefix: "rollbook",
      useSecureCookies: publicUrl.startsWith("https:"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
    },
    logger: { level: "error" },
  });
}

async function refuseAs<Answer>(refusal: CodedError, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof APIError && error.statusCode < 500) throw refusal;
    throw error;
  }
}

function withoutCookies(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("cookie");
  return kept;
}

function cookiesOf(headers: Headers): Cookies {
  return { setCookie: headers.getSetCookie() };
}
