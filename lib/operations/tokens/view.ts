import type { TokenFactsRow } from "#lib/db/tokens/list.ts";
import type { TokenRequest } from "#lib/db/generated/client.ts";
import { safetyMs, shortScope, uniqueScopes } from "#lib/lti/index.ts";
import { brokenWithout } from "#lib/lti/scopes.ts";
import { problem } from "../runs/view.ts";
import type { ScopeGrant, TokenRequestView, TokenView } from "./schema.ts";
import { tokenState } from "./state.ts";

const NO_CASES = { single_call: 0, long_job: 0, many_courses: 0, shared_cache: 0 };

/** `used` are the scopes that the registration's courses can make use of. */
export function tokenView(facts: TokenFactsRow, used: readonly string[], now: Date): TokenView {
  const { token, history } = facts;
  const latest = history[0];
  const failed = history.find(({ errorCode }) => errorCode !== null);
  return {
    registrationId: facts.registrationId,
    registrationName: facts.registrationName,
    state: tokenState(
      {
        obtainedAt: token?.obtainedAt ?? null,
        expiresAt: token?.expiresAt ?? null,
        evictedAt: token?.evictedAt ?? null,
        requestErrorCode: latest?.errorCode ?? null,
      },
      now,
    ),
    fingerprint: token?.fingerprint ?? null,
    obtainedAt: token?.obtainedAt.toISOString() ?? null,
    expiresAt: token?.expiresAt.toISOString() ?? null,
    refreshFrom: token && new Date(token.expiresAt.getTime() - safetyMs(token)).toISOString(),
    lifetimeSeconds: token && (token.expiresAt.getTime() - token.obtainedAt.getTime()) / 1_000,
    scopes: scopeGrants(facts, used),
    requestsMade: facts.requestsMade,
    requestsSaved: facts.requestsSaved,
    reuses: token?.reuses ?? 0,
    cases: { ...NO_CASES, ...facts.cases },
    sharedBy: {
      courseCount: facts.courseCount,
      courses: facts.courses,
      runCount: facts.runCount,
      runs: facts.runs.map((run) => ({ ...run, startedAt: run.startedAt.toISOString() })),
    },
    lastProblem: problemOf(failed),
    evictedAt: token?.evictedAt?.toISOString() ?? null,
    evictedReason: token?.evictedReason ?? null,
    history: history.map(requestView),
  };
}

function scopeGrants({ token }: TokenFactsRow, used: readonly string[]): ScopeGrant[] {
  const requested = token ? [...token.requestedScopes, ...token.refusedScopes] : [];
  const granted = token?.grantedScopes ?? [];
  return uniqueScopes([...used, ...requested, ...granted]).map((scope) => {
    const isGranted = granted.includes(scope);
    const asked = requested.includes(scope) ? ("missing" as const) : ("not_requested" as const);
    return {
      scope,
      shortName: shortScope(scope),
      state: isGranted ? ("granted" as const) : asked,
      breaks: isGranted || asked !== "missing" ? null : (brokenWithout(scope) ?? null),
    };
  });
}

function requestView(request: TokenRequest): TokenRequestView {
  return {
    id: String(request.id),
    at: request.at.toISOString(),
    reason: request.reason as TokenRequestView["reason"],
    requestedScopes: request.requestedScopes,
    grantedScopes: request.grantedScopes,
    expiresAt: request.expiresAt?.toISOString() ?? null,
    httpStatus: request.httpStatus,
    durationMs: request.durationMs,
    runId: request.runId,
    problem: problem(request),
  };
}

function problemOf(failed: TokenRequest | undefined): TokenView["lastProblem"] {
  const shown = failed && problem(failed);
  return shown ? { ...shown, at: failed.at.toISOString() } : null;
}
