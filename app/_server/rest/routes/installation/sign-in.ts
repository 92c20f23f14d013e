import {
  SessionLimits,
  SignInRules,
  SessionList,
  SessionsEnded,
  SessionView,
} from "#lib/operations/sessions/schema.ts";
import {
  PasswordsAllowed,
  SingleSignOnInput,
  SingleSignOnTest,
  SingleSignOnView,
} from "#lib/operations/single-sign-on/schema.ts";
import * as singleSignOn from "#lib/operations/single-sign-on/settings.ts";
import * as limits from "#lib/operations/sessions/limits.ts";
import * as sessions from "#lib/operations/sessions/sessions.ts";
import { defineRoute } from "../../route.ts";

const tag = "Sign-in";

export const signInRoutes = [
  defineRoute("GET", "/single-sign-on", {
    id: "getSingleSignOn",
    tag,
    summary: "Read how people sign in at their own provider",
    result: SingleSignOnView,
    operate: (caller) => singleSignOn.getSingleSignOn(caller),
  }),
  defineRoute("PUT", "/single-sign-on", {
    id: "changeSingleSignOn",
    tag,
    summary: "Change the provider, its rules, and whether passwords open sessions",
    description:
      "`only` counts once an admin has signed in through this very provider and client. What the environment says cannot be changed here.",
    body: SingleSignOnInput,
    example: {
      issuer: "https://login.example.edu",
      clientId: "rollbook",
      clientSecret: "a secret of the provider",
      label: "University login",
      scopes: "openid email profile",
      rules: [{ claim: "groups", value: "rollbook-admins", role: "admin" }],
      only: false,
    },
    result: SingleSignOnView,
    operate: singleSignOn.changeSingleSignOn,
  }),
  defineRoute("POST", "/single-sign-on/test", {
    id: "testSingleSignOn",
    tag,
    summary: "Read the provider's discovery document and keys",
    result: SingleSignOnTest,
    operate: (caller) => singleSignOn.testSingleSignOn(caller),
  }),
  defineRoute("POST", "/single-sign-on/allow-passwords", {
    id: "allowPasswords",
    tag,
    summary: "Let passwords open sessions for an hour, although only single sign-on should",
    result: PasswordsAllowed,
    operate: (caller) => singleSignOn.allowPasswords(caller),
  }),
  defineRoute("GET", "/sessions", {
    id: "listSessions",
    tag,
    summary: "List who is signed in, and from where",
    result: SessionList,
    operate: (caller) => sessions.listSessions(caller),
  }),
  defineRoute("DELETE", "/sessions/{sessionId}", {
    id: "endSession",
    tag,
    summary: "End anybody's session",
    result: SessionView,
    operate: sessions.endSession,
  }),
  defineRoute("GET", "/account/sessions", {
    id: "listOwnSessions",
    tag,
    summary: "List one's own sessions",
    result: SessionList,
    operate: (caller) => sessions.listOwnSessions(caller),
  }),
  defineRoute("DELETE", "/account/sessions/{sessionId}", {
    id: "endOwnSession",
    tag,
    summary: "End one of one's own sessions",
    result: SessionView,
    operate: sessions.endOwnSession,
  }),
  defineRoute("POST", "/account/sessions/end-others", {
    id: "endOtherSessions",
    tag,
    summary: "End one's own sessions but the one that asks",
    result: SessionsEnded,
    operate: (caller) => sessions.endOtherSessions(caller),
  }),
  defineRoute("GET", "/session-limits", {
    id: "getSessionLimits",
    tag,
    summary: "Read how long a session lasts",
    result: SessionLimits,
    operate: (caller) => limits.getSessionLimits(caller),
  }),
  defineRoute("PUT", "/session-limits", {
    id: "changeSessionLimits",
    tag,
    summary: "Change how long a session lasts",
    description: "Holds for sessions under way, too.",
    body: SessionLimits,
    example: { idleHours: 8, longestHours: 168 },
    result: SessionLimits,
    operate: limits.changeSessionLimits,
  }),
  defineRoute("GET", "/sign-in-rules", {
    id: "getSignInRules",
    tag,
    summary: "Read when people are asked again, and of whom a second factor is",
    result: SignInRules,
    operate: (caller) => limits.getSignInRules(caller),
  }),
  defineRoute("PUT", "/sign-in-rules", {
    id: "changeSignInRules",
    tag,
    summary: "Change when people are asked again, and of whom a second factor is",
    description: "Holds for sessions under way, too.",
    body: SignInRules,
    example: { askAgainMinutes: 15, adminsNeedSecondFactor: true },
    result: SignInRules,
    operate: limits.changeSignInRules,
  }),
];
