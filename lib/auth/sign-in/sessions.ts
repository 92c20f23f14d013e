import type { OperatorSession } from "../actor.ts";
import { accessOf, rightsOfRole, type Role } from "../rights.ts";
import type { Operator, SessionLimits, SessionRules } from "./store.ts";

type StoredUser = { id: string; name: string; email: string };
type StoredAccess = { role: Role; seesNames: boolean; registrationIds: string[] };
type StoredSession = { id: string; token: string; createdAt: Date };
type StoredTimes = { lastSeenAt: Date };
type StoredProof = { hasSecondFactor: boolean; provenAt: Date };

/** A session of the library with the person whose it is. */
export type FoundSession = {
  user: StoredUser & Record<string, unknown>;
  session: StoredSession & Record<string, unknown>;
};

/** As the user stands in the database: the session is read again for each request. */
export function operatorOf({ user, session }: FoundSession, rules: SessionRules): Operator {
  const { id, name, email, role, seesNames, registrationIds } = user as StoredUser & StoredAccess;
  const access = accessOf(rightsOfRole(role, { seesNames }), registrationIds);
  const isAsked = rules.adminsNeedSecondFactor && role === "admin";
  return { kind: "operator", id, name, email, access, session: sessionOf(session, isAsked) };
}

function sessionOf(session: FoundSession["session"], isFactorAsked: boolean): OperatorSession {
  const { id, hasSecondFactor, provenAt } = session as StoredSession & StoredProof;
  return { id, hasSecondFactor, provenAt, mustSetUp: isFactorAsked && !hasSecondFactor };
}

export type LimitReached = "idle" | "longest";

/** Which limit a session is over, if any. */
export function limitReached(
  { session }: FoundSession,
  limits: SessionLimits,
  now: Date,
): LimitReached | null {
  const { createdAt, lastSeenAt } = session as StoredSession & StoredTimes;
  if (hoursBetween(createdAt, now) >= limits.longestHours) return "longest";
  return hoursBetween(lastSeenAt, now) >= limits.idleHours ? "idle" : null;
}

function hoursBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 3_600_000;
}
