import type { Db } from "../client.ts";
import type { CourseChange, Prisma } from "../generated/client.ts";

export type ChangeSource = "launch" | "operator" | "api" | "notice";

export async function insertCourseChange(
  db: Db,
  change: { courseId: string; source: ChangeSource; changes: Prisma.InputJsonObject },
): Promise<void> {
  await db.prisma.courseChange.create({ data: change });
}

/** Newest first. */
export async function listCourseChanges(
  db: Db,
  { courseId, beforeId, limit }: { courseId: string; beforeId?: bigint; limit: number },
): Promise<{ rows: CourseChange[]; total: number }> {
  const [rows, total] = await Promise.all([
    db.prisma.courseChange.findMany({
      where: { courseId, ...(beforeId !== undefined && { id: { lt: beforeId } }) },
      orderBy: { id: "desc" },
      take: limit,
    }),
    db.prisma.courseChange.count({ where: { courseId } }),
  ]);
  return { rows, total };
}
