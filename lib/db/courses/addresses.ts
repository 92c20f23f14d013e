import {
  ADDRESS_NAMES,
  addressNamesOf,
  ANY_SERVICE,
  CONTEXT_ADDRESSES,
  type ContextAddress,
  type ContextService,
  eachAddress,
} from "#lib/lti/index.ts";
import type { Db } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { row } from "../rows/shape.ts";
import { text } from "../rows/types.ts";

/** The columns of a row that has a course's service addresses, for `row({ … })`. */
export const addressColumns = eachAddress(() => text.nullable);

/** What selects them from a `course c`. */
export const ADDRESSES = Prisma.raw(
  ADDRESS_NAMES.map((name) => `c.${columnOf(name)} AS "${name}"`).join(", "),
);

/** The names of the columns in the table `course`. */
export const ADDRESS_COLUMNS: readonly string[] = ADDRESS_NAMES.map(columnOf);

/** Whether a `course c` has any address of a service. */
export function offers(service: ContextService): Prisma.Sql {
  const given = addressNamesOf(service).map((name) => `c.${columnOf(name)} IS NOT NULL`);
  return Prisma.raw(`(${given.join(" OR ")})`);
}

/** The same as a condition on a course. */
export function offering(service: ContextService): Prisma.CourseWhereInput {
  return { OR: addressNamesOf(service).map((name) => ({ [name]: { not: null } })) };
}

const scopeRow = row({ scope: text });

/** What the platform announced for any course, and what their services need without a word of it. */
export async function scopesOfCourses(db: Db, registrationId: string): Promise<Set<string>> {
  const rows = await db.rows(
    scopeRow,
    `SELECT DISTINCT scope FROM course c, unnest(${["c.scopes", ...defaultScopes()].join(" || ")}) AS scope
      WHERE c.registration_id = $1 AND c.archived_at IS NULL`,
    [registrationId],
  );
  return new Set(rows.map(({ scope }) => scope));
}

function defaultScopes(): string[] {
  const services = new Set(ADDRESS_NAMES.map((name) => CONTEXT_ADDRESSES[name].service));
  return [...services].flatMap((service) => {
    const { defaultScopes = [] } = ANY_SERVICE[service];
    const list = defaultScopes.map((scope) => `'${scope}'`).join(", ");
    return list === "" ? [] : [`CASE WHEN ${offers(service).sql} THEN ARRAY[${list}] END`];
  });
}

function columnOf(name: ContextAddress): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
