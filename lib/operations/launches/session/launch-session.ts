import { hashToken, newToken } from "#lib/auth/secrets/one-time-token.ts";
import {
  deleteLaunchSession,
  findLaunchSession,
  insertLaunchSession,
} from "#lib/db/launches/sessions.ts";
import { hasRole, isInstructor, type LaunchMessage } from "#lib/lti/index.ts";
import type { Asker, Caller } from "../../caller.ts";
import { NotSignedIn } from "../../errors.ts";
import { permit } from "../../permit.ts";

const LIFETIME_MS = 8 * 3_600_000;
const ANONYMOUS = "anonymous";
const ADMINISTRATORS = [
  "http://purl.imsglobal.org/vocab/lis/v2/institution/person#Administrator",
  "http://purl.imsglobal.org/vocab/lis/v2/system/person#Administrator",
  "http://purl.imsglobal.org/vocab/lis/v2/system/person#SysAdmin",
];

export type OpenLaunchSession = {
  courseId: string;
  userId: string;
  seesNames: boolean;
  /** Origins of the platform, which may frame the page. */
  framedBy: readonly string[];
};

/** What opens a session, and a name for it that opens nothing. */
export type OpenedSession = { sessionToken: string; launch: string };

type Of = { courseId: string; framedBy: string[] };

/** A token for one course and a working day; null for those who may not manage it. */
export async function openLaunchSession(
  caller: Caller,
  of: Of,
  message: LaunchMessage,
): Promise<OpenedSession | null> {
  return mayManageCourse(message.roles) ? open(caller, of, message) : null;
}

/** The same for a person's own grades; null for who is nobody in particular. */
export async function openOwnSession(
  caller: Caller,
  of: Of,
  message: LaunchMessage,
): Promise<OpenedSession | null> {
  return message.userId === undefined ? null : open(caller, of, message);
}

async function open(
  caller: Caller,
  of: Of,
  { userId = ANONYMOUS, name, roles }: LaunchMessage,
): Promise<OpenedSession> {
  const token = newToken();
  const expiresAt = new Date(caller.now().getTime() + LIFETIME_MS);
  const tokenHash = hashToken(token);
  const seesNames = name !== undefined;
  await insertLaunchSession(caller.db, { ...of, tokenHash, userId, roles, seesNames, expiresAt });
  return { sessionToken: token, launch: tokenHash };
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

/** The person is done: what the token opened is closed from now on, wherever it is shown. */
export async function endLaunch(
  asker: Asker,
  { sessionToken }: { sessionToken: string },
): Promise<void> {
  const { db } = await permit(asker, "launch", "everywhere");
  await deleteLaunchSession(db, hashOf(sessionToken));
}

const EXPIRED = "this page has expired, open it from the course again";

async function required(caller: Caller, token: string) {
  const session = await findLaunchSession(caller.db, hashOf(token), caller.now());
  if (!session) throw new NotSignedIn(EXPIRED);
  return session;
}

function hashOf(token: string): string {
  return hashToken(token.slice(0, 200));
}

function mayManageCourse(roles: readonly string[]): boolean {
  const isAdministrator = ADMINISTRATORS.some((role) => roles.includes(role));
  return isAdministrator || isInstructor(roles) || hasRole(roles, "Administrator");
}
