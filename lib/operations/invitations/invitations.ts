import { actorName } from "#lib/auth/actor.ts";
import { hashToken, newToken } from "#lib/auth/secrets/one-time-token.ts";
import { transaction } from "#lib/db/client.ts";
import * as stored from "#lib/db/registrations/invitations.ts";
import { audit } from "../audit/trail.ts";
import type { Asker } from "../caller.ts";
import { permit } from "../permit.ts";
import { BY_CREATION, pageFrom } from "../lists/cursor.ts";
import { Conflict } from "../errors.ts";
import { type Page, PageQuery } from "../fields.ts";
import { type InvitationCreated, InvitationInput, type InvitationView } from "./schema.ts";
import { validated } from "../validated.ts";
import { byId } from "../by-id.ts";

const DAY_MS = 86_400_000;

/** A link by which an LMS registers Rollbook, good once; it is in this answer and nowhere else. */
export async function createInvitation(
  asker: Asker,
  input: InvitationInput,
): Promise<InvitationCreated> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  const { name, profile, days } = validated(InvitationInput, input);
  const token = newToken();
  const now = caller.now();
  return transaction(caller.db, async (tx) => {
    const created = await stored.insertInvitation(tx, {
      tokenHash: hashToken(token),
      name,
      profile,
      createdBy: actorName(caller.actor),
      expiresAt: new Date(now.getTime() + days * DAY_MS),
    });
    await audit(tx, caller, {
      action: "invitation.create",
      object: "invitation",
      objectId: created.id,
      detail: { name, profile, days },
    });
    const url = `${caller.settings.publicUrl}/lti/register/${token}`;
    return { ...invitationView(created, now), url };
  });
}

/** Newest first. */
export async function listInvitations(
  asker: Asker,
  query: Partial<PageQuery>,
): Promise<Page<InvitationView>> {
  const caller = await permit(asker, "read", "everywhere");
  const { cursor, limit } = validated(PageQuery, query);
  const before = BY_CREATION.decode(cursor);
  const { rows, total } = await stored.listInvitations(caller.db, {
    before,
    limit: limit + 1,
  });
  const now = caller.now();
  return pageFrom({
    rows,
    limit,
    total,
    nextCursor: BY_CREATION.encode,
    view: (row) => invitationView(row, now),
  });
}

export async function getInvitation(
  asker: Asker,
  { invitationId }: { invitationId: string },
): Promise<InvitationView> {
  const caller = await permit(asker, "read", "everywhere");
  const found = await byId("invitation", invitationId, (id) =>
    stored.findInvitation(caller.db, id),
  );
  return invitationView(found, caller.now());
}

/** @throws Conflict  the invitation was used already */
export async function revokeInvitation(
  asker: Asker,
  { invitationId }: { invitationId: string },
): Promise<InvitationView> {
  const caller = await permit(asker, "registrations:write", "everywhere");
  const { id, name, usedAt, state } = await getInvitation(caller, { invitationId });
  if (usedAt) throw new Conflict("the invitation was used already");
  if (state !== "revoked") {
    await transaction(caller.db, async (tx) => {
      await stored.revokeInvitation(tx, id, caller.now());
      await audit(tx, caller, {
        action: "invitation.revoke",
        object: "invitation",
        objectId: id,
        detail: { name },
      });
    });
  }
  return getInvitation(caller, { invitationId: id });
}

function invitationView(row: stored.Invitation, now: Date): InvitationView {
  return {
    id: row.id,
    name: row.name,
    profile: row.profile as InvitationView["profile"],
    state: stateOf(row, now),
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    openedAt: row.openedAt?.toISOString() ?? null,
    usedAt: row.usedAt?.toISOString() ?? null,
    problem: row.problem as InvitationView["problem"],
    registrationId: row.registrationId,
  };
}

function stateOf(row: stored.Invitation, now: Date): InvitationView["state"] {
  if (row.usedAt) return "used";
  if (row.revokedAt) return "revoked";
  if (row.expiresAt <= now) return "expired";
  return row.openedAt ? "opened" : "open";
}
