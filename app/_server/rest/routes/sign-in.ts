import {
  SessionLimits,
  SessionList,
  SessionsEnded,
  SessionView,
} from "#lib/operations/sessions/schema.ts";
import * as sessions from "#lib/operations/sessions/sessions.ts";
import { defineRoute } from "../route.ts";

const tag = "Sign-in";

export const signInRoutes = [
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
    operate: (caller) => sessions.getSessionLimits(caller),
  }),
  defineRoute("PUT", "/session-limits", {
    id: "changeSessionLimits",
    tag,
    summary: "Change how long a session lasts",
    description: "Holds for sessions under way, too.",
    body: SessionLimits,
    example: { idleHours: 8, longestHours: 168 },
    result: SessionLimits,
    operate: sessions.changeSessionLimits,
  }),
];
