import type { Db } from "../client.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { int4, text } from "../rows/types.ts";

const groupRow = row({
  id: text,
  name: text,
  tag: text.nullable,
  setId: text.nullable,
  setName: text.nullable,
  members: int4,
});

export type GroupRow = RowOf<typeof groupRow>;

export type StoredGroup = {
  groupId: string;
  name: string;
  tag: string | null;
  setId: string | null;
  setName: string | null;
};

/** A course's groups as they are now; those that are gone go. */
export async function replaceGroups(
  db: Db,
  courseId: string,
  groups: readonly StoredGroup[],
): Promise<void> {
  const of = <Key extends keyof StoredGroup>(key: Key) => groups.map((group) => group[key]);
  const given = [of("groupId"), of("name"), of("tag"), of("setId"), of("setName")];
  await db.execute(
    `WITH given AS (
       SELECT * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
           AS given (group_id, name, tag, set_id, set_name)
     ), gone AS (
       DELETE FROM course_group held WHERE held.course_id = $1::uuid
          AND NOT EXISTS (SELECT FROM given WHERE given.group_id = held.group_id)
     )
     INSERT INTO course_group (course_id, group_id, name, tag, set_id, set_name)
     SELECT $1::uuid, group_id, name, tag, set_id, set_name FROM given
     ON CONFLICT (course_id, group_id) DO UPDATE SET
       name = excluded.name, tag = excluded.tag, set_id = excluded.set_id,
       set_name = excluded.set_name`,
    [courseId, ...given],
  );
}

/** By set and name, with how many present members each has; of one course there are few. */
export async function listGroups(db: Db, courseId: string): Promise<GroupRow[]> {
  return db.rows(
    groupRow,
    `WITH counted AS (
       SELECT group_id, count(*)::int AS members
         FROM membership m CROSS JOIN LATERAL string_to_table(m.group_ids, E'\\n') AS group_id
        WHERE m.course_id = $1::uuid AND m.removed_at IS NULL GROUP BY group_id)
     SELECT g.group_id AS id, g.name, g.tag, g.set_id AS "setId", g.set_name AS "setName",
            coalesce(counted.members, 0) AS members
       FROM course_group g LEFT JOIN counted USING (group_id)
      WHERE g.course_id = $1::uuid
      ORDER BY coalesce(g.set_name, g.set_id, ''), g.name, g.group_id`,
    [courseId],
  );
}
