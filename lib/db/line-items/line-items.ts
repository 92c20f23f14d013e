import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { LEFT_ALONE } from "../scores/decisions/left-alone.ts";
import { where, type Window } from "../lists/paging.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, float8, int4, text, timestamptz, uuid } from "../rows/types.ts";

const lineItemRow = row({
  id: uuid,
  courseId: uuid,
  url: text,
  label: text,
  scoreMaximum: float8,
  resourceId: text.nullable,
  tag: text.nullable,
  resourceLinkId: text.nullable,
  startAt: timestamptz.nullable,
  endAt: timestamptz.nullable,
  gradesReleased: bool.nullable,
  goneAt: timestamptz.nullable,
  deletedBy: text.nullable,
  createdAt: timestamptz,
  pending: int4,
  sending: int4,
  sent: int4,
  skipped: int4,
  rejected: int4,
  conflict: int4,
});

export type LineItemRow = RowOf<typeof lineItemRow>;

export type LineItemQuery = Window<{ createdAt: Date; id: string }> & {
  courseId: string;
  url?: string;
  resourceId?: string;
  tag?: string;
};

/** Oldest first; the total counts every page. */
export async function listLineItems(
  db: Db,
  { courseId, url, resourceId, tag, after, limit }: LineItemQuery,
): Promise<{ rows: LineItemRow[]; total: number }> {
  const isAfter =
    after && Prisma.sql`(li.created_at, li.id) > (${after.createdAt}, ${after.id}::uuid)`;
  const conditions = [
    Prisma.sql`li.course_id = ${courseId}::uuid`,
    url !== undefined && Prisma.sql`li.url = ${url}`,
    resourceId !== undefined && Prisma.sql`li.resource_id = ${resourceId}`,
    tag !== undefined && Prisma.sql`li.tag = ${tag}`,
    isAfter,
  ];
  const [rows, total] = await Promise.all([
    lineItemRows(db, Prisma.sql`${where(conditions)} ORDER BY li.created_at, li.id LIMIT ${limit}`),
    db.prisma.lineItem.count({ where: { courseId, url, resourceId, tag } }),
  ]);
  return { rows, total };
}

export async function findLineItem(db: Db, id: string): Promise<LineItemRow | null> {
  return (await lineItemRows(db, Prisma.sql`WHERE li.id = ${id}::uuid`))[0] ?? null;
}

async function lineItemRows(db: Db, rest: Prisma.Sql): Promise<LineItemRow[]> {
  return db.rows(
    lineItemRow,
    Prisma.sql`
    SELECT li.id, li.course_id AS "courseId", li.url, li.label,
           li.score_maximum AS "scoreMaximum", li.resource_id AS "resourceId", li.tag,
           li.resource_link_id AS "resourceLinkId", li.start_at AS "startAt",
           li.end_at AS "endAt", li.grades_released AS "gradesReleased", li.gone_at AS "goneAt",
           li.deleted_by AS "deletedBy", li.created_at AS "createdAt", scores.*
      FROM line_item li
      CROSS JOIN LATERAL (
        SELECT count(*) FILTER (WHERE s.state = 'pending')::int AS pending,
               count(*) FILTER (WHERE s.state = 'sending')::int AS sending,
               count(*) FILTER (WHERE s.state = 'sent' AND NOT ${LEFT_ALONE})::int AS sent,
               count(*) FILTER (WHERE ${LEFT_ALONE})::int AS "skipped",
               count(*) FILTER (WHERE s.state = 'rejected')::int AS rejected,
               count(*) FILTER (WHERE s.state = 'conflict')::int AS conflict
          FROM score s WHERE s.line_item_id = li.id
      ) scores
      ${rest}`,
  );
}

export type LineItemFields = {
  url: string;
  label: string;
  scoreMaximum: number;
  resourceId?: string;
  tag?: string;
  resourceLinkId?: string;
  startAt?: Date;
  endAt?: Date;
  gradesReleased?: boolean;
};

const upsertedRow = row({ id: uuid, isNew: bool });

/**
 * Inserts and updates by URL; rows that say the same already are not written. What a platform leaves
 * out of resource ID, tag and resource link stays as it is known: not all of them repeat it.
 */
export async function upsertLineItems(
  db: Db,
  courseId: string,
  lineItems: readonly LineItemFields[],
): Promise<{ ids: string[]; added: number; updated: number }> {
  const unique = [...new Map(lineItems.map((lineItem) => [lineItem.url, lineItem])).values()];
  const rows = await db.rows(
    upsertedRow,
    Prisma.sql`
    INSERT INTO line_item AS li (id, course_id, url, label, score_maximum, resource_id, tag,
                                 resource_link_id, start_at, end_at, grades_released, updated_at)
    SELECT gen_random_uuid(), ${courseId}::uuid, i.*, now() FROM unnest(
        ${unique.map(({ url }) => url)}::text[],
        ${unique.map(({ label }) => label)}::text[],
        ${unique.map(({ scoreMaximum }) => scoreMaximum)}::float8[],
        ${unique.map(({ resourceId }) => resourceId ?? null)}::text[],
        ${unique.map(({ tag }) => tag ?? null)}::text[],
        ${unique.map(({ resourceLinkId }) => resourceLinkId ?? null)}::text[],
        ${unique.map(({ startAt }) => startAt?.toISOString() ?? null)}::timestamptz[],
        ${unique.map(({ endAt }) => endAt?.toISOString() ?? null)}::timestamptz[],
        ${unique.map(({ gradesReleased }) => gradesReleased ?? null)}::boolean[]) AS i
    ON CONFLICT (course_id, url) DO UPDATE SET
      label = excluded.label, score_maximum = excluded.score_maximum,
      resource_id = coalesce(excluded.resource_id, li.resource_id),
      tag = coalesce(excluded.tag, li.tag),
      resource_link_id = coalesce(excluded.resource_link_id, li.resource_link_id),
      start_at = excluded.start_at, end_at = excluded.end_at,
      grades_released = excluded.grades_released, gone_at = NULL,
      deleted_by = NULL, updated_at = now()
    WHERE li.gone_at IS NOT NULL
       OR (li.label, li.score_maximum, li.resource_id, li.tag, li.resource_link_id, li.start_at,
           li.end_at, li.grades_released)
          IS DISTINCT FROM
          (excluded.label, excluded.score_maximum,
           coalesce(excluded.resource_id, li.resource_id), coalesce(excluded.tag, li.tag),
           coalesce(excluded.resource_link_id, li.resource_link_id), excluded.start_at,
           excluded.end_at, excluded.grades_released)
    RETURNING li.id, (xmax = 0) AS "isNew"`,
  );
  const added = rows.filter(({ isNew }) => isNew).length;
  return { ids: rows.map(({ id }) => id), added, updated: rows.length - added };
}

/** Those of a course that the platform is not known to have lost. */
export async function presentLineItems(
  db: Db,
  courseId: string,
): Promise<{ id: string; url: string }[]> {
  return db.prisma.lineItem.findMany({
    where: { courseId, goneAt: null },
    select: { id: true, url: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export async function findLineItemByUrl(
  db: Db,
  courseId: string,
  url: string,
): Promise<{ id: string; goneAt: Date | null; resourceId: string | null } | null> {
  return db.prisma.lineItem.findUnique({
    where: { courseId_url: { courseId, url } },
    select: { id: true, goneAt: true, resourceId: true },
  });
}

/** Stores what a line item now is, as the platform has it. */
export async function updateLineItem(
  db: Db,
  id: string,
  fields: Omit<LineItemFields, "url">,
): Promise<void> {
  const { label, scoreMaximum, resourceId, tag, resourceLinkId, startAt, endAt } = fields;
  await db.prisma.lineItem.update({
    where: { id },
    data: {
      label,
      scoreMaximum,
      resourceId: resourceId ?? null,
      tag: tag ?? null,
      resourceLinkId: resourceLinkId ?? null,
      startAt: startAt ?? null,
      endAt: endAt ?? null,
      gradesReleased: fields.gradesReleased ?? null,
      goneAt: null,
    },
  });
}

/** The oldest one with exactly this resource ID and tag that the platform is not known to lack. */
export async function findLineItemByResource(
  db: Db,
  courseId: string,
  { resourceId, tag }: { resourceId: string; tag?: string },
): Promise<{ id: string; url: string } | null> {
  return db.prisma.lineItem.findFirst({
    where: { courseId, resourceId, tag: tag ?? null, goneAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: { id: true, url: true },
  });
}

/** The other course of the registration that has this line item: each belongs to one context. */
export async function otherCourseOfLineItem(
  db: Db,
  { id, registrationId }: { id: string; registrationId: string },
  url: string,
): Promise<{ title: string } | null> {
  const found = await db.prisma.lineItem.findFirst({
    where: { url, courseId: { not: id }, course: { registrationId, archivedAt: null } },
    select: { course: { select: { title: true } } },
  });
  return found?.course ?? null;
}
