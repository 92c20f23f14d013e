import type { Db } from "../client.ts";
import type { AlertRule, Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { uuid } from "../rows/types.ts";

export type { AlertRule };

export async function listRules(db: Db): Promise<AlertRule[]> {
  return db.prisma.alertRule.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export async function findRule(db: Db, id: string): Promise<AlertRule | null> {
  return db.prisma.alertRule.findUnique({ where: { id } });
}

const lockedRow = row({ id: uuid });

/** Locked until the transaction ends. */
export async function lockRule(tx: Db, id: string): Promise<AlertRule | null> {
  await tx.rows(lockedRow, "SELECT id FROM alert_rule WHERE id = $1::uuid FOR UPDATE", [id]);
  return findRule(tx, id);
}

export async function insertRule(
  tx: Db,
  data: Prisma.AlertRuleUncheckedCreateInput,
): Promise<AlertRule> {
  return tx.prisma.alertRule.create({ data });
}

export async function updateRule(
  tx: Db,
  id: string,
  data: Prisma.AlertRuleUncheckedUpdateInput,
): Promise<AlertRule> {
  return tx.prisma.alertRule.update({ where: { id }, data });
}

export async function deleteRule(tx: Db, id: string): Promise<void> {
  await tx.prisma.alertRule.delete({ where: { id } });
}
