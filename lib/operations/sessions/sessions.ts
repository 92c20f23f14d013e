import type { Actor } from "#lib/auth/actor.ts";
import * as stored from "#lib/db/sign-in/sessions.ts";
import { transaction, type Db } from "#lib/db/client.ts";
import { audit } from "../audit/trail.ts";
import type { Asker, Caller } from "../caller.ts";
import { NotFound, type Way } from "../errors.ts";
import { permit, permitProven } from "../permit.ts";
import { waysOf } from "./proof.ts";
import type { SessionView } from "./schema.ts";

type Found = { items: SessionView[] };

/** Sessions of everybody, so many at most: the ones seen last. */
const MOST = 500;

/** The sessions of everybody who is signed in. */
export async function listSessions(asker: Asker): Promise<Found> {
  const { db, actor, now } = await permit(asker, "admin", "everywhere");
  return found(actor, await stored.listSessions(db, { now: now(), limit: MOST }));
}

/** One's own sessions; an API key has none. */
export async function listOwnSessions(asker: Asker): Promise<Found> {
  const { db, actor, now } = await permit(asker, "read", "own");
  if (actor.kind !== "operator") return { items: [] };
  const query = { operatorId: actor.id, now: now(), limit: MOST };
  return found(actor, await stored.listSessions(db, query));
}

/** What one can prove by who one is; an API key proves nothing. */
export async function getOwnWays(asker: Asker): Promise<Way[]> {
  const caller = await permit(asker, "read", "own");
  return caller.actor.kind === "operator" ? waysOf(caller, caller.actor) : [];
}

/** Signs somebody out, in one of their browsers. @throws ProofNeeded */
export async function endSession(
  asker: Asker,
  { sessionId }: { sessionId: string },
): Promise<SessionView> {
  const caller = await permitProven(asker, "admin", "everywhere");
  return transaction(caller.db, (tx) => end(tx, caller, sessionId, () => true));
}

/** Signs the asker out, in another browser. @throws ProofNeeded */
export async function endOwnSession(
  asker: Asker,
  { sessionId }: { sessionId: string },
): Promise<SessionView> {
  const caller = await permitProven(asker, "read", "own");
  const isOwn = ({ userId }: stored.SessionRow) => userId === caller.actor.id;
  return transaction(caller.db, (tx) => end(tx, caller, sessionId, isOwn));
}

/** Signs the asker out everywhere but here. @throws ProofNeeded */
export async function endOtherSessions(asker: Asker): Promise<{ ended: number }> {
  const caller = await permitProven(asker, "read", "own");
  const { db, actor } = caller;
  if (actor.kind !== "operator") return { ended: 0 };
  const keptId = actor.session?.id ?? null;
  return transaction(db, async (tx) => {
    const ended = await stored.endOtherSessions(tx, { operatorId: actor.id, keptId });
    const entry = { action: "session.end_others", object: "operator", objectId: actor.id };
    await audit(tx, caller, { ...entry, detail: { ended } });
    return { ended };
  });
}

async function end(
  tx: Db,
  caller: Caller,
  sessionId: string,
  may: (session: stored.SessionRow) => boolean,
): Promise<SessionView> {
  // The database takes no text with a NUL in it.
  const session = sessionId.includes("\0") ? null : await stored.findSession(tx, sessionId);
  if (!session || !may(session)) throw new NotFound("session", sessionId);
  await stored.endSession(tx, session.id);
  const { user, userId: operatorId } = session;
  await audit(tx, caller, {
    action: "session.end",
    object: "operator",
    objectId: operatorId,
    detail: { email: user.email, reason: "ended by hand" },
  });
  return viewOf(caller.actor, session);
}

function found(actor: Actor, rows: stored.SessionRow[]): Found {
  return { items: rows.map((session) => viewOf(actor, session)) };
}

function viewOf(actor: Actor, session: stored.SessionRow): SessionView {
  return {
    id: session.id,
    operator: { id: session.userId, ...session.user },
    isOwn: actor.kind === "operator" && actor.session?.id === session.id,
    signedInAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    endsAt: session.expiresAt.toISOString(),
    address: session.ipAddress || null,
    browser: session.userAgent || null,
  };
}
