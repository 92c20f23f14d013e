import type { Db } from "../client.ts";
import type { Prisma, RegistrationInvitation } from "../generated/client.ts";

export type Invitation = RegistrationInvitation;

export async function insertInvitation(
  db: Db,
  invitation: Pick<Invitation, "tokenHash" | "name" | "profile" | "createdBy" | "expiresAt">,
): Promise<Invitation> {
  return db.prisma.registrationInvitation.create({ data: invitation });
}

/** Newest first. */
export async function listInvitations(
  db: Db,
  { before, limit }: { before?: { createdAt: Date; id: string }; limit: number },
): Promise<{ rows: Invitation[]; total: number }> {
  const [rows, total] = await Promise.all([
    db.prisma.registrationInvitation.findMany({
      where: before && {
        OR: [
          { createdAt: { lt: before.createdAt } },
          { createdAt: before.createdAt, id: { lt: before.id } },
        ],
      },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: limit,
    }),
    db.prisma.registrationInvitation.count(),
  ]);
  return { rows, total };
}

export async function findInvitation(db: Db, id: string): Promise<Invitation | null> {
  return db.prisma.registrationInvitation.findUnique({ where: { id } });
}

export async function invitationOfToken(db: Db, tokenHash: string): Promise<Invitation | null> {
  return db.prisma.registrationInvitation.findUnique({ where: { tokenHash } });
}

export async function revokeInvitation(db: Db, id: string, now: Date): Promise<void> {
  const isOpen = { id, usedAt: null, revokedAt: null };
  await db.prisma.registrationInvitation.updateMany({ where: isOpen, data: { revokedAt: now } });
}

export async function openInvitation(db: Db, id: string, now: Date): Promise<void> {
  await db.prisma.registrationInvitation.updateMany({
    where: { id, openedAt: null },
    data: { openedAt: now },
  });
}

/** Uses the invitation up; of two that come at once, one gets it. */
export async function takeInvitation(db: Db, id: string, now: Date): Promise<boolean> {
  const isOpen = { id, usedAt: null, revokedAt: null, expiresAt: { gt: now } };
  const taken = await db.prisma.registrationInvitation.updateMany({
    where: isOpen,
    data: { usedAt: now },
  });
  return taken.count === 1;
}

/** Nothing came of it: the invitation is good again, and says why. */
export async function giveInvitationBack(
  db: Db,
  id: string,
  problem: Prisma.InputJsonObject,
): Promise<void> {
  await db.prisma.registrationInvitation.update({ where: { id }, data: { usedAt: null, problem } });
}

export async function noteProblem(db: Db, id: string, problem: Prisma.InputJsonObject) {
  await db.prisma.registrationInvitation.update({ where: { id }, data: { problem } });
}

export async function linkInvitation(db: Db, id: string, registrationId: string): Promise<void> {
  await db.prisma.registrationInvitation.update({ where: { id }, data: { registrationId } });
}
