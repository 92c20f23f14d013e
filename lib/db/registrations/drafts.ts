import type { Db } from "../client.ts";
import { Prisma, type RegistrationDraft } from "../generated/client.ts";

export type Draft = RegistrationDraft;
export type DraftFields = { profile: string; step?: string; values: Prisma.InputJsonObject };

/** A draft is its operator's own. */
export type DraftKey = { id: string; operatorId: string };

export async function insertDraft(
  db: Db,
  draft: DraftFields & { operatorId: string; step: string },
): Promise<Draft> {
  return db.prisma.registrationDraft.create({ data: draft });
}

/** The one saved last first. */
export async function listDrafts(
  db: Db,
  query: { operatorId: string; before?: { updatedAt: Date; id: string }; limit: number },
): Promise<{ rows: Draft[]; total: number }> {
  const { operatorId, before, limit } = query;
  const [rows, total] = await Promise.all([
    db.prisma.registrationDraft.findMany({
      where: {
        operatorId,
        ...(before && {
          OR: [
            { updatedAt: { lt: before.updatedAt } },
            { updatedAt: before.updatedAt, id: { lt: before.id } },
          ],
        }),
      },
      orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
      take: limit,
    }),
    db.prisma.registrationDraft.count({ where: { operatorId } }),
  ]);
  return { rows, total };
}

export async function findDraft(db: Db, key: DraftKey): Promise<Draft | null> {
  return db.prisma.registrationDraft.findFirst({ where: key });
}

/** Those who save a draft wait for each other. */
export async function lockDraft(db: Db, { id, operatorId }: DraftKey): Promise<void> {
  await db.execute(Prisma.sql`
    SELECT 1 FROM registration_draft
     WHERE id = ${id}::uuid AND operator_id = ${operatorId} FOR UPDATE`);
}

/** Values that are given replace those kept, in one statement: two saves may overlap. */
export async function mergeDraft(
  db: Db,
  { id, operatorId }: DraftKey,
  { profile, step, values = {} }: Partial<DraftFields>,
): Promise<boolean> {
  const changed = await db.execute(Prisma.sql`
    UPDATE registration_draft
       SET profile = coalesce(${profile ?? null}, profile), step = coalesce(${step ?? null}, step),
           "values" = "values" || ${JSON.stringify(values)}::jsonb, updated_at = now()
     WHERE id = ${id}::uuid AND operator_id = ${operatorId}`);
  return changed === 1;
}

export async function deleteDraft(db: Db, key: DraftKey): Promise<void> {
  await db.prisma.registrationDraft.deleteMany({ where: key });
}
