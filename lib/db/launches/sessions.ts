import type { Tx } from "../client.ts";
import type { LaunchSession } from "../generated/client.ts";

export async function insertLaunchSession(tx: Tx, session: Omit<LaunchSession, "createdAt">) {
  await tx.launchSession.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  await tx.launchSession.create({ data: session });
}

export async function findLaunchSession(
  tx: Tx,
  tokenHash: string,
  now: Date,
): Promise<LaunchSession | null> {
  return tx.launchSession.findFirst({ where: { tokenHash, expiresAt: { gt: now } } });
}
