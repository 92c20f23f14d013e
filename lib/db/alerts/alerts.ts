import { type Db } from "../client.ts";
import type { Alert, Prisma } from "../generated/client.ts";

export type { Alert };
export type NewAlert = Prisma.AlertUncheckedCreateInput;

export async function openAlerts(db: Db): Promise<Alert[]> {
  return db.prisma.alert.findMany({ where: { closedAt: null }, orderBy: { openedAt: "desc" } });
}

/** Those that are over, the latest first. */
export async function closedAlerts(db: Db, limit: number): Promise<Alert[]> {
  return db.prisma.alert.findMany({
    where: { closedAt: { not: null } },
    orderBy: { closedAt: "desc" },
    take: limit,
  });
}

export async function insertAlert(tx: Db, data: NewAlert): Promise<Alert> {
  return tx.prisma.alert.create({ data });
}

export async function updateAlert(
  tx: Db,
  id: string,
  data: Prisma.AlertUncheckedUpdateInput,
): Promise<Alert> {
  return tx.prisma.alert.update({ where: { id }, data });
}

export async function findAlert(db: Db, id: string): Promise<Alert | null> {
  return db.prisma.alert.findUnique({ where: { id } });
}

/** Tells the feed, so that webhooks may carry it. */
export async function feedAlert(
  tx: Db,
  type: "alert.opened" | "alert.closed" | "registration.health_changed",
  { registrationId, data }: { registrationId: string | null; data: object },
): Promise<void> {
  await tx.execute(
    "INSERT INTO feed_entry (type, registration_id, data) VALUES ($1, $2::uuid, $3::jsonb)",
    [type, registrationId, JSON.stringify(data)],
  );
}

/** Endpoints of webhooks that get nothing more because their receiver failed. */
export async function failedWebhooks(db: Db) {
  return db.prisma.webhookEndpoint.findMany({
    where: { disabledReason: { in: ["gone", "failing"] }, disabledAt: { not: null } },
    select: { id: true, name: true, disabledAt: true, disabledReason: true },
  });
}
