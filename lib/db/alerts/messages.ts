import type { Db } from "../client.ts";
import type { Alert, AlertMessage, AlertRule, Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { int8 } from "../rows/types.ts";

export type { AlertMessage };

/** A message with what it tells of, and to whom. */
export type DueMessage = AlertMessage & { alert: Alert | null; rule: AlertRule };

/** So long a message stays with a process that says nothing; longer than sending may take. */
const LEASE = "interval '90 seconds'";

export async function insertMessage(
  tx: Db,
  data: Prisma.AlertMessageUncheckedCreateInput,
): Promise<bigint> {
  return (await tx.prisma.alertMessage.create({ data, select: { id: true } })).id;
}

const claimedRow = row({ id: int8 });

/** Takes one message whose time has come, or this very one, for this process alone. */
export async function claimMessage(db: Db, now: Date, only?: bigint): Promise<DueMessage | null> {
  const [claimed] = await db.rows(
    claimedRow,
    `UPDATE alert_message SET leased_until = now() + ${LEASE}
      WHERE id = (SELECT id FROM alert_message
                   WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= $1::timestamptz
                     AND (leased_until IS NULL OR leased_until < now())
                     AND ($2::bigint IS NULL OR id = $2)
                   ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id`,
    [now, only ?? null],
  );
  if (!claimed) return null;
  const { id } = claimed;
  const include = { alert: true, rule: true };
  return db.prisma.alertMessage.findUnique({ where: { id }, include });
}

export async function recordMessage(
  db: Db,
  id: bigint,
  data: Prisma.AlertMessageUncheckedUpdateInput,
): Promise<void> {
  await db.prisma.alertMessage.updateMany({ where: { id }, data: { ...data, leasedUntil: null } });
}

/** Takes back what was not sent yet of an alert, and says of which rules something was sent. */
export async function withdrawUnsent(tx: Db, alertId: string): Promise<string[]> {
  await tx.prisma.alertMessage.deleteMany({
    where: { alertId, sentAt: null, failedAt: null, leasedUntil: null },
  });
  const sent = await tx.prisma.alertMessage.findMany({
    where: { alertId, news: "opened" },
    select: { ruleId: true },
  });
  return [...new Set(sent.map(({ ruleId }) => ruleId))];
}

/** The latest first. */
export async function listMessages(db: Db, limit: number): Promise<DueMessage[]> {
  return db.prisma.alertMessage.findMany({
    orderBy: { id: "desc" },
    take: limit,
    include: { alert: true, rule: true },
  });
}

/** When something of each of these alerts was sent last. */
export async function lastSent(db: Db, alertIds: string[]): Promise<Map<string, Date>> {
  const rows = await db.prisma.alertMessage.groupBy({
    by: ["alertId"],
    where: { alertId: { in: alertIds }, sentAt: { not: null } },
    _max: { sentAt: true },
  });
  return new Map(
    rows.flatMap(({ alertId, _max }) => (_max.sentAt ? [[alertId!, _max.sentAt]] : [])),
  );
}
