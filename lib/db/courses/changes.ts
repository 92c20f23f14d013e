import type { Tx } from "../client.ts";
import type { CourseChange, Prisma } from "../generated/client.ts";

export type ChangeSource = "launch" | "operator" | "api" | "notice";

export async function insertCourseChange(
  tx: Tx,
  change: { courseId: string; source: ChangeSource; changes: Prisma.InputJsonObject },
): Promise<void> {
  await tx.courseChange.create({ data: change });
}

/** Newest first. */
export async function listCourseChanges(
  tx: Tx,
  { courseId, beforeId, limit }: { courseId: string; beforeId?: bigint; limit: number },
): Promise<{ rows: CourseChange[]; total: number }> {
  const [rows, total] = await Promise.all([
    tx.courseChange.findMany({
      where: { courseId, ...(beforeId !== undefined && { id: { lt: beforeId } }) },
      orderBy: { id: "desc" },
      take: limit,
    }),
    tx.courseChange.count({ where: { courseId } }),
  ]);
  return { rows, total };
}
