import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { andWithin, type Within } from "../lists/paging.ts";
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
  /** `MOST_COURSES` of them at most. */
  courses: int4,
  registrationName: text,
  isPresent: bool,
});

export type FoundPerson = RowOf<typeof personRow>;

/** Each is looked up in `person`, by an index of its own, and then holds of the membership too. */
const FIELDS = ["user_id", "email", "name", "family_name", "lis_person_sourcedid"];

/** So many people are looked at for each field; each may be in dozens of courses. */
const MOST_PEOPLE = 100;

/**
 * People of any course whose name, family name, e-mail, user ID or SIS ID begins with the text;
 * somebody in several courses of a registration once. Those now in a course come first. Whom a
 * sync brought is known to this as soon as `keepPeople` has been there.
 */
export async function findPeople(
  db: Db,
  text: string,
  { limit, names, within }: { limit: number; names: boolean; within: Within },
): Promise<FoundPerson[]> {
  const fields = names ? FIELDS : ["user_id"];
  const begins = (of: string) => (field: string) =>
    beginsWith(Prisma.raw(`lower(${of}.${field})`), text);
  const branches = fields.map(begins("p")).map(
    (condition) => Prisma.sql`(
      SELECT p.registration_id, p.user_id, p.course_ids FROM person p WHERE ${condition}
              ${andWithin(Prisma.sql`p.registration_id`, within)}
       LIMIT ${MOST_PEOPLE}::int)`,
  );
  const [name, email] = names
    ? [Prisma.sql`m.name`, Prisma.sql`m.email`]
    : [Prisma.sql`NULL`, Prisma.sql`NULL`];
  return db.rows(
    personRow,
    Prisma.sql`
    WITH hits AS MATERIALIZED (
      SELECT DISTINCT ON (registration_id, user_id) *
        FROM (${Prisma.join(branches, " UNION ALL ")}) hit
    ), people AS (
      SELECT DISTINCT ON (c.registration_id, m.user_id)
             m.user_id AS "userId", ${name} AS name, ${email} AS email, c.id AS "courseId", c.title AS "courseTitle",
             r.name AS "registrationName", m.removed_at IS NULL AS "isPresent",
             (count(*) OVER (PARTITION BY c.registration_id, m.user_id))::int AS courses
        FROM hits CROSS JOIN LATERAL unnest(hits.course_ids) AS listed (course_id)
        JOIN membership m ON m.course_id = listed.course_id AND m.user_id = hits.user_id
        JOIN course c ON c.id = m.course_id
        JOIN registration r ON r.id = c.registration_id
       WHERE ${Prisma.join(fields.map(begins("m")), " OR ")}
       ORDER BY c.registration_id, m.user_id, m.removed_at IS NULL DESC, c.roster_synced_at DESC
    )
    SELECT * FROM people
     ORDER BY "isPresent" DESC, coalesce(name, "userId"), "userId" LIMIT ${limit}`,
  );
}
