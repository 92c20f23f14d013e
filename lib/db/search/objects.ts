import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { andWithin, containsText, type Within } from "../lists/paging.ts";
import { idsBeginningWith } from "./id-range.ts";
import { beginsWith } from "./text.ts";
import { ADDRESS_COLUMNS, offers } from "../courses/addresses.ts";
import { runKind, runState } from "../rows/enums.ts";
import { row, type RowOf } from "../rows/shape.ts";
import { bool, int4, text, timestamptz, uuid } from "../rows/types.ts";

/** So many of a kind, of these registrations. */
export type Reach = { limit: number; within: Within };

const registrationRow = row({
  id: uuid,
  name: text,
  issuer: text,
  isArchived: bool,
});

export type FoundRegistration = RowOf<typeof registrationRow>;

/** By a part of name, issuer, client ID or an address, or by the beginning of its ID. */
export async function findRegistrations(
  db: Db,
  text: string,
  { limit, within }: Reach,
): Promise<FoundRegistration[]> {
  const columns = ["name", "issuer", "client_id", "token_endpoint", "jwks_url"].map(columnOf("r"));
  return db.rows(
    registrationRow,
    Prisma.sql`
    SELECT r.id, r.name, r.issuer, r.archived_at IS NOT NULL AS "isArchived"
      FROM registration r
     WHERE (${containsText(columns, text)} OR ${hasId(Prisma.sql`r.id`, text)}
            OR EXISTS (SELECT FROM deployment d
                        WHERE d.registration_id = r.id AND d.deployment_id = ${text}))
           ${andWithin(Prisma.sql`r.id`, within)}
     ORDER BY r.archived_at IS NOT NULL, ${beginsWith(Prisma.sql`lower(r.name)`, text)} DESC,
              r.last_launch_at DESC NULLS LAST, r.name LIMIT ${limit}`,
  );
}

const courseRow = row({
  id: uuid,
  title: text,
  label: text,
  contextId: text,
  registrationName: text,
  offersMemberships: bool,
  isArchived: bool,
});

export type FoundCourse = RowOf<typeof courseRow>;

/**
 * By a part of title, label, context ID or a service URL, or by the beginning of its ID. Those
 * that begin with the text come first, then those that something happened in lately.
 */
export async function findCourses(
  db: Db,
  text: string,
  { limit, within }: Reach,
): Promise<FoundCourse[]> {
  const columns = [
    "title",
    "label",
    "context_id",
    ...(text.includes("/") ? ADDRESS_COLUMNS : []),
  ].map(columnOf("c"));
  return db.rows(
    courseRow,
    Prisma.sql`
    SELECT c.id, c.title, c.label, c.context_id AS "contextId", r.name AS "registrationName",
           ${offers("memberships")} AS "offersMemberships",
           c.archived_at IS NOT NULL AS "isArchived"
      FROM course c JOIN registration r ON r.id = c.registration_id
     WHERE (${containsText(columns, text)} OR ${hasId(Prisma.sql`c.id`, text)})
           ${andWithin(Prisma.sql`c.registration_id`, within)}
     ORDER BY c.archived_at IS NOT NULL, ${beginsWith(Prisma.sql`lower(c.title)`, text)} DESC,
              greatest(c.roster_ended_at, c.grades_ended_at, c.last_launch_at, c.created_at) DESC,
              c.id LIMIT ${limit}`,
  );
}

const lineItemRow = row({
  id: uuid,
  label: text,
  url: text,
  courseId: uuid,
  courseTitle: text,
});

export type FoundLineItem = RowOf<typeof lineItemRow>;

/** By the beginning of its label or ID, by its whole URL, or by its resource ID. */
export async function findLineItems(
  db: Db,
  text: string,
  { limit, within }: Reach,
): Promise<FoundLineItem[]> {
  const own = within
    ? Prisma.sql`
        AND EXISTS (SELECT FROM course own WHERE own.id = li.course_id
                    ${andWithin(Prisma.sql`own.registration_id`, within)})`
    : Prisma.empty;
  const branches = [
    beginsWith(Prisma.sql`lower(li.label)`, text),
    Prisma.sql`li.url = ${text}`,
    Prisma.sql`li.resource_id = ${text}`,
    hasId(Prisma.sql`li.id`, text),
  ].map(
    (condition) => Prisma.sql`(SELECT li.* FROM line_item li WHERE ${condition} ${own} LIMIT 100)`,
  );
  return db.rows(
    lineItemRow,
    Prisma.sql`
    SELECT li.id, li.label, li.url, c.id AS "courseId", c.title AS "courseTitle"
      FROM (SELECT DISTINCT ON (id) * FROM (${Prisma.join(branches, " UNION ALL ")}) hits) li
      JOIN course c ON c.id = li.course_id
     ORDER BY c.archived_at IS NOT NULL, li.created_at DESC, li.id LIMIT ${limit}`,
  );
}

const runRow = row({
  id: uuid,
  kind: runKind,
  state: runState,
  courseTitle: text.nullable,
  registrationName: text,
  createdAt: timestamptz,
});

export type FoundRun = RowOf<typeof runRow>;

/** By the beginning of its ID, newest first. */
export async function findRuns(
  db: Db,
  text: string,
  { limit, within }: Reach,
): Promise<FoundRun[]> {
  const range = idsBeginningWith(text);
  if (!range) return [];
  return db.rows(
    runRow,
    Prisma.sql`
    SELECT run.id, run.kind, run.state, c.title AS "courseTitle",
           r.name AS "registrationName", run.created_at AS "createdAt"
      FROM run JOIN registration r ON r.id = run.registration_id
      LEFT JOIN course c ON c.id = run.course_id
     WHERE run.id BETWEEN ${range.from}::uuid AND ${range.to}::uuid
           ${andWithin(Prisma.sql`run.registration_id`, within)}
     ORDER BY run.id DESC LIMIT ${limit}`,
  );
}

const holdRow = row({
  id: uuid,
  courseTitle: text,
  removals: int4,
});

export type FoundHold = RowOf<typeof holdRow>;

/** By the beginning of its ID. */
export async function findHolds(
  db: Db,
  text: string,
  { limit, within }: Reach,
): Promise<FoundHold[]> {
  const range = idsBeginningWith(text);
  if (!range) return [];
  return db.rows(
    holdRow,
    Prisma.sql`
    SELECT h.id, h.removals, c.title AS "courseTitle"
      FROM hold h JOIN course c ON c.id = h.course_id
     WHERE h.id BETWEEN ${range.from}::uuid AND ${range.to}::uuid
           ${andWithin(Prisma.sql`h.registration_id`, within)}
     ORDER BY h.id DESC LIMIT ${limit}`,
  );
}

const operatorRow = row({
  id: text,
  name: text,
  email: text,
});

export type FoundOperator = RowOf<typeof operatorRow>;

/** By a part of name or e-mail, or by ID. */
export async function findOperators(db: Db, text: string, limit: number): Promise<FoundOperator[]> {
  return db.rows(
    operatorRow,
    Prisma.sql`
    SELECT u.id, u.name, u.email FROM "user" u
     WHERE ${containsText([Prisma.sql`u.name`, Prisma.sql`u.email`], text)} OR u.id = ${text}
     ORDER BY u.name, u.id LIMIT ${limit}`,
  );
}

function columnOf(alias: string) {
  return (name: string) => Prisma.raw(`${alias}.${name}`);
}

function hasId(id: Prisma.Sql, text: string): Prisma.Sql {
  const range = idsBeginningWith(text);
  return range
    ? Prisma.sql`${id} BETWEEN ${range.from}::uuid AND ${range.to}::uuid`
    : Prisma.sql`false`;
}
