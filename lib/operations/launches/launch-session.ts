import { hashToken, newToken } from "#lib/auth/secrets/one-time-token.ts";
import { findLaunchSession, insertLaunchSession } from "#lib/db/launches/sessions.ts";
import { hasRole, isInstructor, type LaunchMessage } from "#lib/lti/index.ts";
import type { Caller } from "../caller.ts";
import { NotSignedIn } from "../errors.ts";

const LIFETIME_MS = 8 * 3_600_000;
const ANONYMOUS = "anonymous";
const ADMINISTRATORS = [
  "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
  "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
  "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin",
];

export type OpenLaunchSession = { courseId: string; userId: string };

/** A token for one course and a working day; null for those who have nothing to do here. */
export async function openLaunchSession(
  caller: Caller,
  courseId: string,
  { userId = ANONYMOUS, roles }: LaunchMessage,
): Promise<string | null> {
  if (!mayManageCourse(roles)) return null;
  const token = newToken();
  const expiresAt = new Date(caller.now().getTime() + LIFETIME_MS);
  const tokenHash = hashToken(token);
  await insertLaunchSession(caller.db, { tokenHash, courseId, userId, roles, expiresAt });
  return token;
}

/** @throws NotSignedIn  no such token, or its day is over */
export async function requireLaunchSession(
  caller: Caller,
  token: string,
): Promise<OpenLaunchSession> {
  const tokenHash = hashToken(token.slice(0, 200));
  const session = await findLaunchSession(caller.db, tokenHash, caller.now());
  if (!session) throw new NotSignedIn("this page has expired, open it from the course again");
  return session;
}

function mayManageCourse(roles: readonly string[]): boolean {
  const isAdministrator = ADMINISTRATORS.some((role) => roles.includes(role));
  return isAdministrator || isInstructor(roles) || hasRole(roles, "Administrator");
}
