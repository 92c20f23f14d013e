import type { Membership } from "#lib/lti/index.ts";
import type { Membership as Stored } from "../generated/client.ts";

export type MemberColumn = {
  /** Its name in code, in REST and in the changes of a roster. */
  field: keyof Membership & keyof Stored;
  column: string;
  type: "text" | "text[]" | "membership_status";
};

/**
 * What is kept of a member beside the user ID, in the order in which people read it. Whatever
 * compares, writes, changes, previews or lists members goes by this list.
 */
export const MEMBER_COLUMNS = [
  { field: "name", column: "name", type: "text" },
  { field: "givenName", column: "given_name", type: "text" },
  { field: "middleName", column: "middle_name", type: "text" },
  { field: "familyName", column: "family_name", type: "text" },
  { field: "email", column: "email", type: "text" },
  { field: "roles", column: "roles", type: "text[]" },
  { field: "status", column: "status", type: "membership_status" },
  { field: "lisPersonSourcedId", column: "lis_person_sourcedid", type: "text" },
  { field: "picture", column: "picture", type: "text" },
] as const satisfies readonly MemberColumn[];

export type MemberField = (typeof MEMBER_COLUMNS)[number]["field"];

type Missing = Exclude<
  keyof Stored,
  MemberField | "courseId" | "userId" | "firstSeenAt" | "changedAt" | "removedAt" | "lastSeenAt"
>;

/** Does not compile while a column of the table is missing above. */
export const MEMBER_FIELDS: [Missing] extends [never] ? readonly MemberField[] : Missing =
  MEMBER_COLUMNS.map(({ field }) => field);

/** Joins what `sql` makes of each column. */
export function eachColumn(sql: (column: MemberColumn, index: number) => string): string {
  return MEMBER_COLUMNS.map(sql).join(", ");
}
