import type { Within } from "#lib/db/lists/paging.ts";
import type { RegistrationRow } from "#lib/db/registrations/registration-row.ts";
import type { ProfileOverrides } from "#lib/platforms/profile.ts";
import type { RegistrationInput, RegistrationView } from "./schema.ts";
import type { Caller } from "../caller.ts";
import { registrationsOf } from "../permit.ts";
import { keptProof, provenWords } from "../courses/view.ts";
import { spokenWords } from "#lib/advice/spoken-words.ts";
import { syncBlockView } from "../system/sync-block.ts";
import { versionOf } from "../version.ts";

export function registrationView(
  row: RegistrationRow,
  { actor, now }: Pick<Caller, "actor" | "now">,
): RegistrationView {
  return viewOf(row, now(), registrationsOf(actor));
}

function viewOf(row: RegistrationRow, now: Date, within: Within): RegistrationView {
  return {
    id: row.id,
    version: versionOf(registrationFields(row)),
    name: row.name,
    state: row.state,
    registeredScopes: row.registeredScopes,
    platformFacts: row.platformFacts as RegistrationView["platformFacts"],
    lastLaunchAt: row.lastLaunchAt?.toISOString() ?? null,
    profile: row.profile as RegistrationView["profile"],
    issuer: row.issuer,
    clientId: row.clientId,
    tokenEndpoint: row.tokenEndpoint,
    authorizationEndpoint: row.authorizationEndpoint,
    jwksUrl: row.jwksUrl,
    audience: row.audience,
    audienceValues: row.audienceValues,
    assertionTyp: row.assertionTyp as RegistrationView["assertionTyp"],
    signsWith: row.signsWith,
    toolJwksUrl: row.toolJwksUrl,
    profileOverrides: row.profileOverrides as ProfileOverrides,
    isDemo: row.isDemo,
    pausedAt: row.pausedAt?.toISOString() ?? null,
    pausedBy: row.pausedBy,
    flow: row.flow && {
      coolingDownUntil: futureOnly(row.flow.notBefore, now),
      reason: row.flow.reason,
      silentSince: row.flow.circuitOpenedAt && isoTime(row.flow.circuitOpenedAt),
    },
    syncBlock: syncBlockView(row),
    archivedAt: row.archivedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    deployments: row.deployments.map((deployment) => ({
      ...deployment,
      lastLaunchAt: deployment.lastLaunchAt && new Date(deployment.lastLaunchAt).toISOString(),
    })),
    serviceOrigins: row.serviceOrigins.map((origin) => ({
      ...origin,
      source: origin.source as RegistrationView["serviceOrigins"][number]["source"],
      decidedAt: origin.decidedAt && isoTime(origin.decidedAt),
      createdAt: isoTime(origin.createdAt),
    })),
    sameIssuer: row.sameIssuer.filter(({ id }) => within === null || within.includes(id)),
    courseCount: row.courseCount,
    proof: keptProof(row),
    ...healthOf(row),
    tokenState: row.tokenState,
    tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
    lastSuccessAt: row.lastSuccessAt?.toISOString() ?? null,
  };
}

/** What of a registration is stored as it is given; deployments are added beside it. */
export type RegistrationFields = Omit<RegistrationInput, "deploymentIds" | "confirmsDestination">;

/** What of a registration can be edited. */
export function registrationFields(row: RegistrationRow): RegistrationFields {
  return {
    name: row.name,
    profile: row.profile as RegistrationInput["profile"],
    issuer: row.issuer,
    clientId: row.clientId,
    tokenEndpoint: row.tokenEndpoint,
    authorizationEndpoint: row.authorizationEndpoint,
    jwksUrl: row.jwksUrl,
    audience: row.audience,
    audienceValues: row.audienceValues,
    assertionTyp: row.assertionTyp as RegistrationInput["assertionTyp"],
    signsWith: row.signsWith,
    toolJwksUrl: row.toolJwksUrl,
    profileOverrides: row.profileOverrides as ProfileOverrides,
  };
}

function futureOnly(at: string | null, now: Date): string | null {
  return at !== null && new Date(at) > now ? isoTime(at) : null;
}

function isoTime(at: string): string {
  return new Date(at).toISOString();
}

/** As bad as its token, else as its worst course, with how many they are. */
function healthOf(row: RegistrationRow): Pick<RegistrationView, "health" | "healthReason"> {
  if (row.pausedAt) return { health: "paused", healthReason: `by ${row.pausedBy}` };
  if (row.requestErrorCode !== null) {
    return {
      health: "degraded",
      healthReason: spokenWords(row.requestErrorMessage ?? "no access token"),
    };
  }
  if (row.degradedCourses > 0) {
    return { health: "degraded", healthReason: degradedWords(row) };
  }
  if (row.warningCourses > 0) {
    const need = row.warningCourses === 1 ? "needs" : "need";
    return {
      health: "warning",
      healthReason: `${courses(row.warningCourses, row)} ${need} a look`,
    };
  }
  if (row.healthyCourses > 0) return { health: "healthy", healthReason: provenWords(row) };
  return { health: row.pausedCourses > 0 ? "paused" : "unknown", healthReason: null };
}

/** `2 of 5 courses failed; removals wait for a decision in 1 of 5 courses`. */
function degradedWords(row: RegistrationRow): string {
  const { degradedCourses, heldCourses } = row;
  const failed = degradedCourses - heldCourses;
  return [
    failed > 0 && `${courses(failed, row)} failed`,
    heldCourses > 0 && `removals wait for a decision in ${courses(heldCourses, row)}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function courses(count: number, { courseCount }: RegistrationRow): string {
  return courseCount === 1 ? "its course" : `${count} of ${courseCount} courses`;
}
