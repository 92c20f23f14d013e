import type { Membership } from "#lib/lti/index.ts";
import type { Membership as Stored } from "../generated/client.ts";
import { membershipStatus } from "../rows/enums.ts";
import { array, type Column, text } from "../rows/types.ts";

export type MemberColumn = {
  /** Its name in code, in REST and in the changes of a roster. */
  field: keyof Membership & keyof Stored;
  column: string;
  is: Column<unknown>;
  /**
   * Whether it tells who somebody is: alone, or as a part of a name, which many people share. What
   * does either is hidden from who does not see names, erased with the person, and cleared once they
   * left long ago.
   */
  identifies: "alone" | "in_part" | "no";
};

/**
 * What is kept of a member beside the user ID, in the order in which people read it. Whatever
 * compares, writes, changes, previews or lists members goes by this list.
 */
export const MEMBER_COLUMNS = [
  { field: "name", column: "name", is: text.nullable, identifies: "alone" },
  { field: "givenName", column: "given_name", is: text.nullable, identifies: "in_part" },
  { field: "middleName", column: "middle_name", is: text.nullable, identifies: "in_part" },
  { field: "familyName", column: "family_name", is: text.nullable, identifies: "in_part" },
  { field: "email", column: "email", is: text.nullable, identifies: "alone" },
  { field: "roles", column: "roles", is: array(text), identifies: "no" },
  // Several are parted by line breaks; null where the platform tells none.
  { field: "groupIds", column: "group_ids", is: text.nullable, identifies: "no" },
  { field: "status", column: "status", is: membershipStatus, identifies: "no" },
  {
    field: "lisPersonSourcedId",
    column: "lis_person_sourcedid",
    is: text.nullable,
    identifies: "alone",
  },
  {
    field: "lti11LegacyUserId",
    column: "lti11_legacy_user_id",
    is: text.nullable,
    identifies: "alone",
  },
  { field: "picture", column: "picture", is: text.nullable, identifies: "alone" },
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

/** What tells who somebody is. */
export const PERSONAL_COLUMNS: readonly MemberColumn[] = MEMBER_COLUMNS.filter(
  ({ identifies }) => identifies !== "no",
);

type ImpersonalField = Extract<(typeof MEMBER_COLUMNS)[number], { identifies: "no" }>["field"];

/** What may be shown of a member to who does not see names. */
export const IMPERSONAL_FIELDS = MEMBER_COLUMNS.filter(({ identifies }) => identifies === "no").map(
  ({ field }) => field as ImpersonalField,
);

type MemberColumns = { [Each in (typeof MEMBER_COLUMNS)[number] as Each["field"]]: Each["is"] };

/** The same as columns of a row. */
export const memberColumns = Object.fromEntries(
  MEMBER_COLUMNS.map(({ field, is }) => [field, is]),
) as MemberColumns;

/** Joins what `sql` makes of each column. */
export function eachColumn(sql: (column: MemberColumn, index: number) => string): string {
  return MEMBER_COLUMNS.map(sql).join(", ");
}
