import { createAuthEndpoint } from "better-auth/api";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { CLIENT_ADDRESS_HEADER } from "../client-address.ts";
import { cookieSecret } from "./cookies.ts";
import { newToken } from "../secrets/one-time-token.ts";
import type { SignInStore } from "./store.ts";

export type LibraryOptions = {
  prisma: object;
  secret: string;
  publicUrl: string;
  store: SignInStore;
};

/** The longest that a session can be set to last; its cookie lives so long. */
const MOST_SESSION_HOURS = 30 * 24;

const ACCESS_FIELDS = {
  role: { type: "string", required: true, input: false },
  seesNames: { type: "boolean", required: true, input: false },
  registrationIds: { type: "string[]", required: true, input: false },
} as const;

const SESSION_FIELDS = {
  lastSeenAt: { type: "date", required: false, input: false },
  hasSecondFactor: { type: "boolean", required: false, input: false },
  provenAt: { type: "date", required: false, input: false },
} as const;

/**
 * The sign-in library, for sessions and their cookies, called in this process alone: none of its
 * routes is mounted. Passwords and second factors are looked at before it is asked.
 */
export function createLibrary({ prisma, secret, publicUrl, store }: LibraryOptions) {
  return betterAuth({
    appName: "Rollbook",
    baseURL: publicUrl,
    secret: cookieSecret(secret),
    database: prismaAdapter(prisma, { provider: "postgresql", transaction: true }),
    telemetry: { enabled: false },
    user: { additionalFields: ACCESS_FIELDS },
    session: {
      expiresIn: MOST_SESSION_HOURS * 3_600,
      disableSessionRefresh: true,
      additionalFields: SESSION_FIELDS,
    },
    databaseHooks: { session: { create: { before: (session) => withEnd(session, store) } } },
    advanced: {
      cookiePrefix: "rollbook",
      useSecureCookies: publicUrl.startsWith("https:"),
      defaultCookieAttributes: { sameSite: "lax", httpOnly: true },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    plugins: [sessionsPlugin()],
    logger: { level: "error" },
  });
}

export type Library = ReturnType<typeof createLibrary>;

/**
 * Sessions of people who have proved by our own means who they are. Endpoints of the library for
 * this process alone, so that such sessions are the library's own.
 */
function sessionsPlugin() {
  const metadata = { SERVER_ONLY: true } as const;
  const proven = { hasSecondFactor: z.boolean(), provenAt: z.date() };
  return {
    id: "rollbook-sessions",
    endpoints: {
      openSession: createAuthEndpoint(
        "/rollbook/open-session",
        {
          method: "POST",
          requireHeaders: true,
          body: z.object({ userId: z.string(), ...proven }),
          metadata,
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const { userId, ...fields } = context.body;
          const user = await internalAdapter.findUserById(userId);
          if (!user) throw context.error("NOT_FOUND");
          const session = await internalAdapter.createSession(user.id, false, fields);
          await setSessionCookie(context, { session, user });
          return { user: { id: user.id, name: user.name, email: user.email } };
        },
      ),
      /** A session goes on under a new token: the old cookie opens nothing any more. */
      renewSession: createAuthEndpoint(
        "/rollbook/renew-session",
        {
          method: "POST",
          requireHeaders: true,
          body: z.object({ token: z.string(), ...proven }),
          metadata,
        },
        async (context) => {
          const { internalAdapter } = context.context;
          const { token, ...fields } = context.body;
          const found = await internalAdapter.findSession(token);
          if (!found) throw context.error("NOT_FOUND");
          const renewed = { ...fields, token: newToken() };
          await internalAdapter.updateSession(token, renewed);
          await setSessionCookie(context, {
            session: { ...found.session, ...renewed },
            user: found.user,
          });
          return {};
        },
      ),
    },
  };
}

/** A session ends when the limit of the installation says so, not with its cookie. */
async function withEnd<Session extends object>(session: Session, store: SignInStore) {
  const { longestHours } = await store.sessionRules();
  const expiresAt = new Date(Date.now() + longestHours * 3_600_000);
  return { data: { ...session, expiresAt } };
}
