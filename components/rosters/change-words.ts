import type { MemberField } from "#lib/db/rosters/columns.ts";
import type { RosterChangeView } from "#lib/operations/rosters/schema.ts";

const FIELD_WORDS: Record<MemberField, string> = {
  name: "Name",
  givenName: "Given name",
  middleName: "Middle name",
  familyName: "Family name",
  email: "E-mail",
  roles: "Roles",
  groupIds: "Groups",
  status: "Status",
  lisPersonSourcedId: "SIS ID",
  lti11LegacyUserId: "LTI 1.1 user ID",
  picture: "Picture",
};

export function fieldWords(field: string): string {
  return FIELD_WORDS[field as MemberField] ?? field;
}

/** A run that is not applied yet speaks of what it would do. */
export const KIND_WORDS: Record<RosterChangeView["kind"], { done: string; planned: string }> = {
  added: { done: "Added", planned: "Add" },
  changed: { done: "Changed", planned: "Change" },
  removed: { done: "Removed", planned: "Remove" },
  restored: { done: "Restored", planned: "Restore" },
};

/** Why no single change is listed. */
export function noChangesWords(isActive: boolean, added: number): string {
  if (isActive) return "What changes gets a line here as the roster is read.";
  return added > 0
    ? "This was the first roster: its members are counted, not listed one by one."
    : "The rosters are the same.";
}
