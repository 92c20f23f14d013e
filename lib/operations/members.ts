import * as stored from "#lib/db/members.ts";
import type { Caller } from "./caller.ts";
import { requiredCourse } from "./courses.ts";
import { decodeCursor, encodeCursor, pageFrom } from "./cursor.ts";
import type { Page } from "./schemas/common.ts";
import { MemberFilter, type MemberView } from "./schemas/courses.ts";
import { validated } from "./validated.ts";

/** By name. */
export async function listMembers(
  caller: Caller,
  { courseId, ...filter }: { courseId: string } & Partial<MemberFilter>,
): Promise<Page<MemberView>> {
  const { cursor, limit, ...conditions } = validated(MemberFilter, filter);
  const { id } = await requiredCourse(caller.db.prisma, courseId);
  const [sortName, userId] = decodeCursor(cursor, ["text", "text"]) ?? [];
  const after = sortName !== undefined && userId !== undefined ? { sortName, userId } : undefined;
  const query = { ...conditions, courseId: id, after, limit: limit + 1 };
  const { rows, total } = await stored.listMembers(caller.db.prisma, query);
  const nextCursor = (row: stored.MemberRow) => encodeCursor([row.sortName, row.userId]);
  return pageFrom({ rows, limit, total, nextCursor, view: viewOf });
}

function viewOf(row: stored.MemberRow): MemberView {
  return {
    userId: row.userId,
    roles: row.roles,
    status: row.status,
    name: row.name,
    givenName: row.givenName,
    familyName: row.familyName,
    email: row.email,
    lisPersonSourcedId: row.lisPersonSourcedId,
    firstSeenAt: row.firstSeenAt.toISOString(),
    changedAt: row.changedAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
  };
}
