import type { Db } from "../client.ts";
import type { Prisma, WebhookEndpoint } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { uuid } from "../rows/types.ts";

export type { WebhookEndpoint };
export type NewWebhookEndpoint = Prisma.WebhookEndpointUncheckedCreateInput;
export type WebhookChange = Prisma.WebhookEndpointUncheckedUpdateInput;

export function insertEndpoint(tx: Db, data: NewWebhookEndpoint): Promise<WebhookEndpoint> {
  return tx.prisma.webhookEndpoint.create({ data });
}

export function updateEndpoint(tx: Db, id: string, data: WebhookChange): Promise<WebhookEndpoint> {
  return tx.prisma.webhookEndpoint.update({ where: { id }, data });
}

export async function deleteEndpoint(tx: Db, id: string): Promise<void> {
  await tx.prisma.webhookEndpoint.delete({ where: { id } });
}

const lockedRow = row({ id: uuid });

/** Locked until the transaction ends. */
export async function lockEndpoint(tx: Db, id: string): Promise<WebhookEndpoint | null> {
  await tx.rows(lockedRow, "SELECT id FROM webhook_endpoint WHERE id = $1::uuid FOR UPDATE", [id]);
  return findEndpoint(tx, id);
}

export function findEndpoint(db: Db, id: string): Promise<WebhookEndpoint | null> {
  return db.prisma.webhookEndpoint.findUnique({ where: { id } });
}

/** Oldest first. */
export async function listEndpoints(
  db: Db,
  { after, limit }: { after?: { createdAt: Date; id: string }; limit: number },
): Promise<{ endpoints: WebhookEndpoint[]; total: number }> {
  const isAfter = after && {
    OR: [
      { createdAt: { gt: after.createdAt } },
      { createdAt: after.createdAt, id: { gt: after.id } },
    ],
  };
  const [endpoints, total] = await Promise.all([
    db.prisma.webhookEndpoint.findMany({
      where: isAfter,
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      take: limit,
    }),
    db.prisma.webhookEndpoint.count(),
  ]);
  return { endpoints, total };
}

/** What the secrets of an endpoint are sealed for: they open at no other. */
export function webhookPurpose(endpointId: string): string {
  return `webhook ${endpointId}`;
}

/** Seals the secrets again; one for which `reseal` has nothing stays as it is. */
export async function resealWebhooks(
  tx: Db,
  reseal: (sealed: string, purpose: string) => string | undefined,
): Promise<void> {
  for (const { id, sealedSecret, formerSecret } of await tx.prisma.webhookEndpoint.findMany()) {
    const again = (sealed: string) => reseal(sealed, webhookPurpose(id)) ?? sealed;
    const former = formerSecret === null ? null : again(formerSecret);
    await updateEndpoint(tx, id, { sealedSecret: again(sealedSecret), formerSecret: former });
  }
}
