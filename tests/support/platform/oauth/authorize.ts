import type { Course } from "#tests/support/platform/course.ts";
import type { Exchange } from "#tests/support/platform/exchange.ts";
import { jsonReply, refuse, Refused } from "#tests/support/platform/http/reply.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import type { IssuedToken } from "./tokens.ts";

/**
 * Lets a service request in: a token that works, for a course that is there
 * and open to the client, with one of the scopes.
 */
export function authorize(state: PlatformState, exchange: Exchange, scopes: string[]): Course {
  const token = requireToken(state, exchange);
  const course = exchange.course;
  if (!course) throw refuse(404, "not_found", "no such course");
  if (!course.admits(token.clientId)) throw foreignCourse(state, exchange);
  if (!scopes.some((scope) => token.scopes.has(scope))) throw insufficientScope(scopes);
  if (!scopes.some((scope) => course.input.scopes.includes(scope))) {
    throw refuse(403, "forbidden", "this course does not offer the service");
  }
  return course;
}

export const CANVAS_WRONG_CONTEXT = {
  errors: {
    type: "unauthorized",
    message: "Access Token not linked to a Tool associated with this Context",
  },
};

function requireToken(state: PlatformState, exchange: Exchange): IssuedToken {
  const stripped = state.faults.take("strip_authorization", exchange.facts);
  const header = stripped ? undefined : exchange.request.headers["authorization"];
  if (header === undefined) throw unauthorized(state, 'Bearer realm="platform"', "no token");
  if (!header.startsWith("Bearer ")) {
    throw unauthorized(
      state,
      'Bearer error="invalid_request"',
      "the scheme must be written Bearer",
    );
  }
  const { token } = exchange;
  if (!token || !isAlive(token)) {
    if (state.faults.take("dead_token_as", exchange.facts)) throw bareUnauthorized(state);
    throw unauthorized(
      state,
      'Bearer error="invalid_token"',
      "the access token is invalid or expired",
    );
  }
  token.uses++;
  token.usesLeft--;
  return token;
}

function isAlive(token: IssuedToken): boolean {
  return !token.isRevoked && token.usesLeft > 0 && Date.now() < token.expiresAtMs;
}

function unauthorized(state: PlatformState, challenge: string, words: string): Refused {
  state.counters.counts.unauthorized++;
  const error = /error="(\w+)"/.exec(challenge)?.[1] ?? "unauthorized";
  return refuse(401, error, words, { "WWW-Authenticate": challenge });
}

/** As a server before the platform answers it, which says nothing about why. */
function bareUnauthorized(state: PlatformState): Refused {
  state.counters.counts.unauthorized++;
  return new Refused({ status: 401, headers: {}, body: "" });
}

function foreignCourse(state: PlatformState, exchange: Exchange): Refused {
  if (state.faults.take("foreign_course_as", exchange.facts)) {
    return new Refused(jsonReply(401, CANVAS_WRONG_CONTEXT));
  }
  return refuse(403, "forbidden", "the registration is not linked to this course");
}

function insufficientScope(scopes: string[]): Refused {
  const challenge = `Bearer error="insufficient_scope", scope="${scopes[0]}"`;
  return refuse(403, "insufficient_scope", `the token needs one of: ${scopes.join(" ")}`, {
    "WWW-Authenticate": challenge,
  });
}
