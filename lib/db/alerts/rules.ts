import type { Db } from "../client.ts";
import type { AlertRule, Prisma } from "../generated/client.ts";

export type { AlertRule };

export async function listRules(db: Db): Promise<AlertRule[]> {
  return db.prisma.alertRule.findMany({ orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

export async function findRule(db: Db, id: string): Promise<AlertRule | null> {
  return db.prisma.alertRule.findUnique({ where: { id } });
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
