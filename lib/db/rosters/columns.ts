import type { Membership } from "#lib/lti/index.ts";
import type { Membership as Stored } from "../generated/client.ts";
import { membershipStatus } from "../rows/enums.ts";
import { array, type Column, text } from "../rows/types.ts";

export type MemberColumn = {
  /** Its name in code, in REST and in the changes of a roster. */
  field: keyof Membership & keyof Stored;
  column: string;
  is: Column<unknown>;
};

/**
 * What is kept of a member beside the user ID, in the order in which people read it. Whatever
 * compares, writes, changes, previews or lists members goes by this list.
 */
export const MEMBER_COLUMNS = [
  { field: "name", column: "name", is: text.nullable },
  { field: "givenName", column: "given_name", is: text.nullable },
  { field: "middleName", column: "middle_name", is: text.nullable },
  { field: "familyName", column: "family_name", is: text.nullable },
  { field: "email", column: "email", is: text.nullable },
  { field: "roles", column: "roles", is: array(text) },
  { field: "status", column: "status", is: membershipStatus },
  { field: "lisPersonSourcedId", column: "lis_person_sourcedid", is: text.nullable },
  { field: "picture", column: "picture", is: text.nullable },
] as const satisfies readonly MemberColumn[];

export type MemberField = (typeof MEMBER_COLUMNS)[number]["field"];

type Missing = Exclude<
  keyof Stored,
  | MemberField
  | "courseId"
  | "userId"
  | "firstSeenAt"
  | "changedAt"
  | "removedAt"
  | "lastSeenAt"
  | "launchRoles"
>;

/** Does not compile while a column of the table is missing above. */
export const MEMBER_FIELDS: [Missing] extends [never] ? readonly MemberField[] : Missing =
  MEMBER_COLUMNS.map(({ field }) => field);

type MemberColumns = { [Each in (typeof MEMBER_COLUMNS)[number] as Each["field"]]: Each["is"] };

/** The same as columns of a row. */
export const memberColumns = Object.fromEntries(
  MEMBER_COLUMNS.map(({ field, is }) => [field, is]),
) as MemberColumns;

/** Joins what `sql` makes of each column. */
export function eachColumn(sql: (column: MemberColumn, index: number) => string): string {
  return MEMBER_COLUMNS.map(sql).join(", ");
}
