import type { Tx } from "../client.ts";
import type { Prisma, RegistrationDraft } from "../generated/client.ts";

export type Draft = RegistrationDraft;
export type DraftFields = { profile: string; step?: string; values: Prisma.InputJsonObject };

/** A draft is its operator's own. */
export type DraftKey = { id: string; operatorId: string };

export async function insertDraft(
  tx: Tx,
  draft: DraftFields & { operatorId: string; step: string },
): Promise<Draft> {
  return tx.registrationDraft.create({ data: draft });
}

/** The one saved last first. */
export async function listDrafts(
  tx: Tx,
  query: { operatorId: string; before?: { updatedAt: Date; id: string }; limit: number },
): Promise<{ rows: Draft[]; total: number }> {
  const { operatorId, before, limit } = query;
  const [rows, total] = await Promise.all([
    tx.registrationDraft.findMany({
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
    tx.registrationDraft.count({ where: { operatorId } }),
  ]);
  return { rows, total };
}

export async function findDraft(tx: Tx, key: DraftKey): Promise<Draft | null> {
  return tx.registrationDraft.findFirst({ where: key });
}

/** Values that are given replace those kept, in one statement: two saves may overlap. */
export async function mergeDraft(
  tx: Tx,
  { id, operatorId }: DraftKey,
  { profile, step, values }: DraftFields,
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE registration_draft
       SET profile = ${profile}, step = coalesce(${step ?? null}, step),
           "values" = "values" || ${JSON.stringify(values)}::jsonb, updated_at = now()
     WHERE id = ${id}::uuid AND operator_id = ${operatorId}`;
  return changed === 1;
}

export async function deleteDraft(tx: Tx, key: DraftKey): Promise<void> {
  await tx.registrationDraft.deleteMany({ where: key });
}
