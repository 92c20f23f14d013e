import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { uuid } from "../rows/types.ts";

/** What may name a place: the ID of an object that belongs to one registration. */
export type PlaceKey =
  "registrationId" | "courseId" | "runId" | "holdId" | "scheduleId" | "lineItemId" | "operationId";

const SOURCES: Record<PlaceKey, Prisma.Sql> = {
  registrationId: Prisma.sql`SELECT id FROM registration WHERE id`,
  courseId: Prisma.sql`SELECT registration_id AS id FROM course WHERE id`,
  runId: Prisma.sql`SELECT registration_id AS id FROM run WHERE id`,
  holdId: Prisma.sql`SELECT registration_id AS id FROM hold WHERE id`,
  scheduleId: Prisma.sql`SELECT registration_id AS id FROM schedule WHERE id`,
  lineItemId: Prisma.sql`
    SELECT c.registration_id AS id FROM line_item li JOIN course c ON c.id = li.course_id
     WHERE li.id`,
  // A bulk operation belongs to the registration that its filter names, where it names one.
  operationId: Prisma.sql`
    SELECT (filter->>'registrationId')::uuid AS id FROM bulk_operation WHERE id`,
};

const placeRow = row({ id: uuid.nullable });

/** The registration an object belongs to; null when there is no such object, or no one registration. */
export async function registrationOf(db: Db, key: PlaceKey, id: string): Promise<string | null> {
  const rows = await db.rows(placeRow, Prisma.sql`${SOURCES[key]} = ${id}::uuid`);
  return rows[0]?.id ?? null;
}
