import { Unusable, identifierOf, isJsonObject, textOf } from "../../values/json-body.ts";
import type { JsonObject } from "../../values/json-body.ts";
import { roleUri } from "../../roles.ts";

export type MembershipStatus = "active" | "inactive" | "deleted";

/**
 * A person's roles in one context; only `userId`, `roles` and `status` can be relied upon.
 *
 * @see NRPS 2.0 §2.2
 */
export type Membership = {
  userId: string;
  /** Full URIs where known; an unknown role stays as it came. */
  roles: string[];
  status: MembershipStatus;
  name?: string;
  givenName?: string;
  middleName?: string;
  familyName?: string;
  email?: string;
  picture?: string;
  lisPersonSourcedId?: string;
  /** The person's ID in LTI 1.1, where the platform tells it for a migration. */
  lti11LegacyUserId?: string;
  /** The groups that the person is in, sorted; absent where the platform tells none. */
  groupIds?: string[];
  /** Per-message claims of a resource link request (NRPS 2.0 §3.2). */
  messages?: JsonObject[];
};

/** A member of the reply that cannot be used, and why. */
export type QuarantinedMembership = { index: number; userId?: string; reason: string };

/** @see LTI Core 1.3 §5.3.6 */
const LONGEST_USER_ID = 255;

const STATUS: ReadonlyMap<string, MembershipStatus> = new Map([
  ["active", "active"],
  ["inactive", "inactive"],
  ["deleted", "deleted"],
]);

const OPTIONAL_MEMBERS = [
  ["name", "name"],
  ["given_name", "givenName"],
  ["middle_name", "middleName"],
  ["family_name", "familyName"],
  ["email", "email"],
  ["picture", "picture"],
  ["lis_person_sourcedid", "lisPersonSourcedId"],
  ["lti11_legacy_user_id", "lti11LegacyUserId"],
] as const;

/**
 * Reads one member of a container: a membership, or the reason why it is none.
 *
 * Written by hand because a roster may hold a hundred thousand of them. Names and addresses
 * depend on consent and are never required (NRPS 2.0 §2.2).
 */
export function parseMembership(value: unknown): Membership | Unusable {
  if (!isJsonObject(value)) return new Unusable("is not an object");
  const userId = identifierOf(value["user_id"]);
  if (userId === undefined) return new Unusable("has no user_id");
  if (userId.length > LONGEST_USER_ID) return new Unusable("has a user_id that is too long");
  const status = parseStatus(value["status"]);
  // Who was deleted holds no role any more, and platforms say so by naming none.
  const roles = parseRoles(value["roles"]) ?? (status === "deleted" ? [] : undefined);
  if (!roles) return new Unusable("has no roles", userId);
  if (!status) return new Unusable("has an unknown status", userId);
  const membership: Membership = { userId, roles, status };
  for (const [wireName, name] of OPTIONAL_MEMBERS) {
    const text = textOf(value[wireName]);
    if (text !== undefined) membership[name] = text;
  }
  const groupIds = parseGroups(value["group_enrollments"]);
  if (groupIds) membership.groupIds = groupIds;
  const messages = parseMessages(value["message"]);
  if (messages) membership.messages = messages;
  return membership;
}

function parseRoles(value: unknown): string[] | undefined {
  const names: unknown = typeof value === "string" && value !== "" ? value.split(",") : value;
  if (!Array.isArray(names)) return undefined;
  const roles = new Set<string>();
  for (const name of names) {
    if (typeof name !== "string") return undefined;
    const role = textOf(name.trim());
    if (role !== undefined) roles.add(roleUri(role));
  }
  return [...roles];
}

/** @see Course Groups Service 1.0 §3.3 */
function parseGroups(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const ids = value.map((each) =>
    isJsonObject(each) ? identifierOf(each["group_id"]) : undefined,
  );
  return [...new Set(ids.filter((id) => id !== undefined))].sort();
}

// A missing status means Active (NRPS 2.0 §2.3).
function parseStatus(value: unknown): MembershipStatus | undefined {
  if (value === undefined || value === null) return "active";
  return typeof value === "string" ? STATUS.get(value.trim().toLowerCase()) : undefined;
}

// Blackboard sends one object where the specification wants a list.
function parseMessages(value: unknown): JsonObject[] | undefined {
  if (isJsonObject(value)) return [value];
  if (!Array.isArray(value)) return undefined;
  return value.filter(isJsonObject);
}
