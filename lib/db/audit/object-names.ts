import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";

const namedRow = row({ object: text, id: text, name: text });

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * What the objects of audit entries are called now, by `objectKey`; what is gone has no name. A
 * run, a hold and a schedule are called after their course, or else after their registration.
 */
export async function objectNames(
  db: Db,
  objectIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(objectIds.filter((id) => UUID.test(id)))];
  if (ids.length === 0) return new Map();
  const among = Prisma.sql`ANY (${ids}::uuid[])`;
  const found = await db.rows(
    namedRow,
    Prisma.sql`
    SELECT 'registration' AS object, id::text AS id, name FROM registration WHERE id = ${among}
    UNION ALL
    SELECT 'course', id::text, title FROM course WHERE id = ${among}
    UNION ALL
    SELECT 'line_item', id::text, label FROM line_item WHERE id = ${among}
    UNION ALL
    SELECT 'api_key', id::text, name FROM api_key WHERE id = ${among}
    UNION ALL
    SELECT 'webhook', id::text, name FROM webhook_endpoint WHERE id = ${among}
    UNION ALL
    SELECT 'operator', id, name FROM "user" WHERE id = ANY (${ids}::text[])
    UNION ALL
    SELECT 'hold', hold.id::text, course.title
      FROM hold JOIN course ON course.id = hold.course_id WHERE hold.id = ${among}
    UNION ALL
    SELECT 'run', run.id::text, coalesce(course.title, registration.name)
      FROM run JOIN registration ON registration.id = run.registration_id
      LEFT JOIN course ON course.id = run.course_id WHERE run.id = ${among}
    UNION ALL
    SELECT 'schedule', schedule.id::text, coalesce(course.title, registration.name)
      FROM schedule JOIN registration ON registration.id = schedule.registration_id
      LEFT JOIN course ON course.id = schedule.course_id WHERE schedule.id = ${among}`,
  );
  return new Map(found.map(({ object, id, name }) => [objectKey(object, id), name]));
}

export function objectKey(object: string, id: string): string {
  return `${object} ${id}`;
}
