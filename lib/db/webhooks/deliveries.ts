import { transaction, type Db } from "../client.ts";
import type { WebhookDelivery, WebhookEndpoint } from "../generated/client.ts";
import { idRow, row } from "../rows/shape.ts";
import { bool } from "../rows/types.ts";

export type { WebhookDelivery };

/** So long an endpoint stays with a process that says nothing; longer than one request may take. */
const LEASE = "interval '60 seconds'";

/** Of one attempt to deliver one event. */
export type NewDelivery = Omit<WebhookDelivery, "id" | "at">;

/**
 * Takes one endpoint that has something to be told and whose time has come, for this process alone.
 * `numbered` is how far the feed goes.
 */
export async function claimEndpoint(db: Db, numbered: bigint): Promise<WebhookEndpoint | null> {
  const [claimed] = await db.rows(
    idRow,
    `UPDATE webhook_endpoint SET leased_until = now() + ${LEASE}
      WHERE id = (SELECT id FROM webhook_endpoint
                   WHERE disabled_at IS NULL AND next_at <= now() AND told < $1
                     AND (leased_until IS NULL OR leased_until < now())
                   ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    [numbered],
  );
  if (!claimed) return null;
  return db.prisma.webhookEndpoint.findUnique({ where: { id: claimed.id } });
}

const enabledRow = row({ isAny: bool });

export async function isAnyEnabled(db: Db): Promise<boolean> {
  const rows = await db.rows(
    enabledRow,
    'SELECT EXISTS (SELECT FROM webhook_endpoint WHERE disabled_at IS NULL) AS "isAny"',
  );
  return rows[0]!.isAny;
}

export async function insertDelivery(db: Db, delivery: NewDelivery): Promise<WebhookDelivery> {
  return db.prisma.webhookDelivery.create({ data: delivery });
}

/** The receiver accepted the event with this number. False where it was moved, or disabled, meanwhile. */
export async function recordDelivered(
  db: Db,
  delivery: NewDelivery,
  { from, to }: { from: bigint; to: bigint },
): Promise<boolean> {
  return transaction(db, async (tx) => {
    await insertDelivery(tx, delivery);
    return recordTold(tx, delivery.endpointId, { from, to });
  });
}

/** Nothing up to this number is for the endpoint. False where it was moved, or disabled, meanwhile. */
export async function recordTold(
  db: Db,
  endpointId: string,
  { from, to }: { from: bigint; to: bigint },
): Promise<boolean> {
  const count = await db.execute(
    `UPDATE webhook_endpoint
        SET told = $3, attempts = 0, failing_since = NULL, leased_until = now() + ${LEASE}
      WHERE id = $1::uuid AND told = $2 AND disabled_at IS NULL`,
    [endpointId, from, to],
  );
  return count === 1;
}

/**
 * What it was to be told is no longer kept up to `to`: it goes on from there, and says so. False
 * where it was moved, or disabled, meanwhile.
 */
export async function recordSkipped(
  db: Db,
  endpointId: string,
  { from, to }: { from: bigint; to: bigint },
): Promise<boolean> {
  const count = await db.execute(
    `UPDATE webhook_endpoint
        SET told = $3, skipped_events = skipped_events + ($3::bigint - $2::bigint),
            skipped_at = now()
      WHERE id = $1::uuid AND told = $2 AND disabled_at IS NULL`,
    [endpointId, from, to],
  );
  return count === 1;
}

/** It was not accepted: again after a while, or no more. */
export async function recordRefused(
  db: Db,
  delivery: NewDelivery,
  then: { againInMs: number } | { disabledFor: "gone" | "failing" },
): Promise<void> {
  await transaction(db, async (tx) => {
    await insertDelivery(tx, delivery);
    const isOver = "disabledFor" in then;
    await tx.execute(
      `UPDATE webhook_endpoint
          SET attempts = attempts + 1, failing_since = coalesce(failing_since, now()),
              leased_until = NULL,
              next_at = now() + $2::float8 * interval '1 millisecond',
              disabled_at = CASE WHEN $3::text IS NULL THEN disabled_at ELSE now() END,
              disabled_reason = coalesce($3::text, disabled_reason)
        WHERE id = $1::uuid`,
      [delivery.endpointId, isOver ? 0 : then.againInMs, isOver ? then.disabledFor : null],
    );
  });
}

export async function releaseEndpoint(db: Db, id: string): Promise<void> {
  await db.execute("UPDATE webhook_endpoint SET leased_until = NULL WHERE id = $1::uuid", [id]);
}

/** Newest first. */
export async function listDeliveries(
  db: Db,
  { endpointId, before, limit }: { endpointId: string; before?: bigint; limit: number },
): Promise<{ deliveries: WebhookDelivery[]; total: number }> {
  const isBefore = before !== undefined && { id: { lt: before } };
  const [deliveries, total] = await Promise.all([
    db.prisma.webhookDelivery.findMany({
      where: { endpointId, ...isBefore },
      orderBy: { id: "desc" },
      take: limit,
    }),
    db.prisma.webhookDelivery.count({ where: { endpointId } }),
  ]);
  return { deliveries, total };
}

/** Drops a portion of what was delivered before a moment; false once there is none left. */
export async function dropDeliveries(db: Db, before: Date, portion: number): Promise<boolean> {
  const count = await db.execute(
    `DELETE FROM webhook_delivery WHERE id IN (
       SELECT id FROM webhook_delivery WHERE at < $1 ORDER BY at LIMIT $2) RETURNING id`,
    [before, portion],
  );
  return count === portion;
}
