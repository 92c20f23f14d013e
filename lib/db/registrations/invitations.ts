import type { Tx } from "../client.ts";
import type { Prisma, RegistrationInvitation } from "../generated/client.ts";

export type Invitation = RegistrationInvitation;

export async function insertInvitation(
  tx: Tx,
  invitation: Pick<Invitation, "tokenHash" | "name" | "profile" | "createdBy" | "expiresAt">,
): Promise<Invitation> {
  return tx.registrationInvitation.create({ data: invitation });
}

/** Newest first. */
export async function listInvitations(
  tx: Tx,
  { before, limit }: { before?: { createdAt: Date; id: string }; limit: number },
): Promise<{ rows: Invitation[]; total: number }> {
  const [rows, total] = await Promise.all([
    tx.registrationInvitation.findMany({
      where: before && {
        OR: [
          { createdAt: { lt: before.createdAt } },
          { createdAt: before.createdAt, id: { lt: before.id } },
        ],
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    }),
    tx.registrationInvitation.count(),
  ]);
  return { rows, total };
}

export async function findInvitation(tx: Tx, id: string): Promise<Invitation | null> {
  return tx.registrationInvitation.findUnique({ where: { id } });
}

export async function invitationOfToken(tx: Tx, tokenHash: string): Promise<Invitation | null> {
  return tx.registrationInvitation.findUnique({ where: { tokenHash } });
}

export async function revokeInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  const isOpen = { id, usedAt: null, revokedAt: null };
  await tx.registrationInvitation.updateMany({ where: isOpen, data: { revokedAt: now } });
}

export async function openInvitation(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.registrationInvitation.updateMany({
    where: { id, openedAt: null },
    data: { openedAt: now },
  });
}

/** Uses the invitation up; of two that come at once, one gets it. */
export async function takeInvitation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const isOpen = { id, usedAt: null, revokedAt: null, expiresAt: { gt: now } };
  const taken = await tx.registrationInvitation.updateMany({
    where: isOpen,
    data: { usedAt: now },
  });
  return taken.count === 1;
}

/** Nothing came of it: the invitation is good again, and says why. */
export async function giveInvitationBack(
  tx: Tx,
  id: string,
  problem: Prisma.InputJsonObject,
): Promise<void> {
  await tx.registrationInvitation.update({ where: { id }, data: { usedAt: null, problem } });
}

export async function noteProblem(tx: Tx, id: string, problem: Prisma.InputJsonObject) {
  await tx.registrationInvitation.update({ where: { id }, data: { problem } });
}

export async function linkInvitation(tx: Tx, id: string, registrationId: string): Promise<void> {
  await tx.registrationInvitation.update({ where: { id }, data: { registrationId } });
}
