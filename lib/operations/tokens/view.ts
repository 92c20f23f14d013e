import type { TokenLifeRow } from "#lib/db/tokens/lives.ts";
import type { TokenRow } from "#lib/db/tokens/list.ts";
import type { TokenRequestRow } from "#lib/db/tokens/requests.ts";
import type { SharingRun as SharingRunRow } from "#lib/db/tokens/sharers.ts";
import type { UsedScope } from "#lib/db/tokens/used-scopes.ts";
import { brokenWithout, missingScopes, shortScope, uniqueScopes } from "#lib/lti/scopes.ts";
import { problem } from "../runs/view.ts";
import type {
  ScopeGrant,
  SharingRun,
  TokenLife,
  TokenRequestView,
  TokenSummary,
} from "./schema.ts";

type Used = Pick<UsedScope, "scope" | "courses">;

/** `used` are the scopes that the registration's courses can make use of. */
export function tokenSummary(row: TokenRow, used: readonly Used[]): TokenSummary {
  const { obtainedAt, expiresAt, grantedScopes } = row;
  const requested = requestedOf(row);
  const needed = neededOf(row, used);
  const shown = problem(row);
  return {
    registrationId: row.registrationId,
    registrationName: row.registrationName,
    platform: row.profile as TokenSummary["platform"],
    state: row.state,
    fingerprint: row.fingerprint,
    obtainedAt: obtainedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
    refreshFrom: row.refreshFrom?.toISOString() ?? null,
    lifetimeSeconds:
      obtainedAt && expiresAt && (expiresAt.getTime() - obtainedAt.getTime()) / 1_000,
    scopesGranted: needed.length - missingScopes(needed, grantedScopes).length,
    scopesNeeded: needed.length,
    missingScopes: missingScopes(requested, grantedScopes).map(shortScope),
    runCount: row.runCount,
    activeRuns: row.activeRuns,
    processCount: row.processCount,
    reuses: row.reuses,
    requestsMade: row.requestsMade,
    requestsSaved: row.requestsSaved,
    lastProblem: shown && row.errorAt && { ...shown, at: row.errorAt.toISOString() },
    evictedAt: row.evictedAt?.toISOString() ?? null,
    evictedReason: row.evictedReason,
  };
}

/** What was asked for with the present token, or while it lived. */
function requestedOf({ requestedScopes, refusedScopes }: TokenRow): string[] {
  return uniqueScopes([...requestedScopes, ...refusedScopes]);
}

function neededOf(row: TokenRow, used: readonly Used[]): string[] {
  return uniqueScopes([...used.map(({ scope }) => scope), ...requestedOf(row)]);
}

/** Each scope that is needed, was asked for or granted, with what depends on it. */
export function scopeGrants(row: TokenRow, used: readonly Used[]): ScopeGrant[] {
  const requested = requestedOf(row);
  const courses = new Map(used.map((each) => [each.scope, each.courses]));
  return uniqueScopes([...neededOf(row, used), ...row.grantedScopes]).map((scope) => ({
    scope,
    shortName: shortScope(scope),
    isRequested: requested.includes(scope),
    isGranted: row.grantedScopes.includes(scope),
    courses: courses.get(scope) ?? 0,
    breaks: brokenWithout(scope) ?? null,
  }));
}

function sharingRunView({ tokenId: _, count: __, ...run }: SharingRunRow): SharingRun {
  const { firstUsedAt, usedUntil } = run;
  return {
    ...run,
    firstUsedAt: firstUsedAt.toISOString(),
    usedUntil: usedUntil?.toISOString() ?? null,
  };
}

export function tokenLifeView(row: TokenLifeRow, runs: readonly SharingRunRow[]): TokenLife {
  const { obtainedAt, expiresAt, endedAt, ...life } = row;
  return {
    ...life,
    obtainedAt: obtainedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    endedAt: endedAt.toISOString(),
    runCount: runs[0]?.count ?? 0,
    runs: runs.map(sharingRunView),
  };
}

export function tokenRequestView(row: TokenRequestRow): TokenRequestView {
  const { runKind: kind, runState: state, courseId, courseTitle } = row;
  return {
    id: String(row.id),
    at: row.at.toISOString(),
    reason: row.reason,
    evictedReason: row.evictedReason,
    requestedScopes: row.requestedScopes,
    grantedScopes: row.grantedScopes,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    httpStatus: row.httpStatus,
    durationMs: row.durationMs,
    runId: row.runId,
    run: kind && state && { kind, state, courseId, courseTitle },
    problem: problem(row),
  };
}
