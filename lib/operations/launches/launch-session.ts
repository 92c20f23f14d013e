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

export type OpenLaunchSession = { courseId: string; userId: string; seesNames: boolean };

/** A token for one course and a working day; null for those who may not manage it. */
export async function openLaunchSession(
  caller: Caller,
  courseId: string,
  message: LaunchMessage,
): Promise<string | null> {
  return mayManageCourse(message.roles) ? open(caller, courseId, message) : null;
}

/** The same for a person's own grades; null for who is nobody in particular. */
export async function openOwnSession(
  caller: Caller,
  courseId: string,
  message: LaunchMessage,
): Promise<string | null> {
  return message.userId === undefined ? null : open(caller, courseId, message);
}

async function open(
  caller: Caller,
  courseId: string,
  { userId = ANONYMOUS, name, roles }: LaunchMessage,
): Promise<string> {
  const token = newToken();
  const expiresAt = new Date(caller.now().getTime() + LIFETIME_MS);
  const tokenHash = hashToken(token);
  const seesNames = name !== undefined;
  const session = { tokenHash, courseId, userId, roles, seesNames, expiresAt };
  await insertLaunchSession(caller.db, session);
  return token;
}

/** @throws NotSignedIn  no such token, its day is over, or it is not of who manages the course */
export async function requireLaunchSession(
  caller: Caller,
  token: string,
): Promise<OpenLaunchSession> {
  const session = await required(caller, token);
  if (!mayManageCourse(session.roles)) throw new NotSignedIn(EXPIRED);
  return session;
}

/** @throws NotSignedIn  no such token, its day is over, or nobody in particular launched */
export async function requireOwnSession(caller: Caller, token: string): Promise<OpenLaunchSession> {
  const session = await required(caller, token);
  if (session.userId === ANONYMOUS) throw new NotSignedIn(EXPIRED);
  return session;
}

const EXPIRED = "this page has expired, open it from the course again";

async function required(caller: Caller, token: string) {
  const tokenHash = hashToken(token.slice(0, 200));
  const session = await findLaunchSession(caller.db, tokenHash, caller.now());
  if (!session) throw new NotSignedIn(EXPIRED);
  return session;
}

function mayManageCourse(roles: readonly string[]): boolean {
  const isAdministrator = ADMINISTRATORS.some((role) => roles.includes(role));
  return isAdministrator || isInstructor(roles) || hasRole(roles, "Administrator");
}
