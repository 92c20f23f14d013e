import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { beginsWith } from "./text.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, text, uuid } from "../rows/types.ts";

const personRow = row({
  userId: text,
  name: text.nullable,
  email: text.nullable,
  /** A course the person is in, or was: the one whose roster was read last. */
  courseId: uuid,
  courseTitle: text,
  courses: int4,
  registrationName: text,
  isPresent: bool,
});

export type FoundPerson = RowOf<typeof personRow>;

// Each has an index of its own: see the migration `finder`.
const USER_ID = Prisma.sql`lower(m.user_id)`;
const FIELDS = [
  USER_ID,
  Prisma.sql`lower(m.email)`,
  Prisma.sql`lower(m.name)`,
  Prisma.sql`lower(m.family_name)`,
  Prisma.sql`lower(m.lis_person_sourcedid)`,
];

/** So many memberships are looked at for each field: one person may have hundreds. */
const MOST_MEMBERSHIPS = 200;

/**
 * People of any course whose name, family name, e-mail, user ID or SIS ID begins with the text;
 * somebody in several courses of a registration once. Those now in a course come first.
 */
export async function findPeople(
  db: Db,
  text: string,
  { limit, names }: { limit: number; names: boolean },
): Promise<FoundPerson[]> {
  const branches = (names ? FIELDS : [USER_ID]).map(
    (field) => Prisma.sql`(
      SELECT m.course_id, m.user_id FROM membership m WHERE ${beginsWith(field, text)}
       LIMIT ${MOST_MEMBERSHIPS}::int)`,
  );
  const [name, email] = names
    ? [Prisma.sql`m.name`, Prisma.sql`m.email`]
    : [Prisma.sql`NULL`, Prisma.sql`NULL`];
  return db.rows(
    personRow,
    Prisma.sql`
    WITH hits AS MATERIALIZED (${Prisma.join(branches, " UNION ")}),
    people AS (
      SELECT DISTINCT ON (c.registration_id, m.user_id)
             m.user_id AS "userId", ${name} AS name, ${email} AS email, c.id AS "courseId", c.title AS "courseTitle",
             r.name AS "registrationName", m.removed_at IS NULL AS "isPresent",
             (count(*) OVER (PARTITION BY c.registration_id, m.user_id))::int AS courses
        FROM hits
        JOIN membership m ON m.course_id = hits.course_id AND m.user_id = hits.user_id
        JOIN course c ON c.id = m.course_id
        JOIN registration r ON r.id = c.registration_id
       ORDER BY c.registration_id, m.user_id, m.removed_at IS NULL DESC, c.roster_synced_at DESC
    )
    SELECT * FROM people
     ORDER BY "isPresent" DESC, coalesce(name, "userId"), "userId" LIMIT ${limit}`,
  );
}
