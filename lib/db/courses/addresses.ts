import {
  ADDRESS_NAMES,
  addressNamesOf,
  ANY_SERVICE,
  CONTEXT_ADDRESSES,
  type ContextAddress,
  type ContextService,
  eachAddress,
} from "#lib/lti/index.ts";
import { Prisma } from "../generated/client.ts";
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

/**
 * The scopes that a `course c` may need: what the platform announced for it, and what its services
 * need even where it announced nothing.
 */
export const NEEDED_SCOPES = Prisma.raw(`(${["c.scopes", ...defaultScopes()].join(" || ")})`);

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
