import type { ContextAddress } from "#lib/lti/index.ts";

/** What a course's service addresses are called, and where a launch has them. */
export const ADDRESS_WORDS: Record<ContextAddress, { label: string; hint: string }> = {
  membershipsUrl: {
    label: "Memberships URL",
    hint: "in the names and roles claim: context_memberships_url; needed for rosters",
  },
  lineItemsUrl: {
    label: "Line items URL",
    hint: "in the assignment and grade claim: lineitems; needed to find or make line items",
  },
  lineItemUrl: {
    label: "Line item URL",
    hint: "in the same claim: lineitem, where the launch has one",
  },
  groupsUrl: {
    label: "Groups URL",
    hint: "in the groups claim: context_groups_url; read with the roster",
  },
  groupSetsUrl: {
    label: "Group sets URL",
    hint: "in the same claim: context_group_sets_url, where the platform has sets",
  },
};

export const ADDRESS_NAMES = Object.keys(ADDRESS_WORDS) as ContextAddress[];

/** Each address's name with its label. */
export const ADDRESS_LABELS = Object.fromEntries(
  ADDRESS_NAMES.map((name) => [name, ADDRESS_WORDS[name].label]),
) as Record<ContextAddress, string>;
