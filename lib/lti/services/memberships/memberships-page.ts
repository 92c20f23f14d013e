import { ResponseMalformed } from "../../errors.ts";
import type { ReplyFacts } from "../../errors.ts";
import {
  Unusable,
  identifierOf,
  isJsonObject,
  parseJsonBody,
  textOf,
} from "../../values/json-body.ts";
import { hasRole } from "../../roles.ts";
import { parseMembership } from "./membership.ts";
import type { Membership, QuarantinedMembership } from "./membership.ts";

/** The context a roster says it belongs to; never needed to tell whose roster it is. */
export type MembershipsContext = { id?: string; label?: string; title?: string };

/** The members of one container, read and sorted out. */
export type MembershipContainer = {
  context: MembershipsContext;
  memberships: Membership[];
  quarantined: QuarantinedMembership[];
  /** Members on the page, before any filter. */
  size: number;
  /** First and last user and their number, to notice a page that came before; "" for no member. */
  signature: string;
};

/**
 * Reads a membership container; a member that cannot be used is set apart, not fatal.
 *
 * @throws ResponseMalformed  there is no list of members
 * @see NRPS 2.0 §2.1, §2.2
 */
export function parseMembershipContainer(
  body: string,
  role: string | undefined,
  facts: ReplyFacts,
): MembershipContainer {
  const container = parseJsonBody(body, facts);
  if (!isJsonObject(container)) throw new ResponseMalformed("body", "is not an object", facts);
  const { members } = container;
  if (!Array.isArray(members)) throw new ResponseMalformed("members", "is not a list", facts);
  const memberships: Membership[] = [];
  const quarantined: QuarantinedMembership[] = [];
  for (const [index, member] of members.entries()) {
    const parsed = parseMembership(member);
    if (parsed instanceof Unusable) quarantined.push({ index, ...parsed });
    else if (isWanted(parsed, role)) memberships.push(parsed);
  }
  return {
    context: parseContext(container["context"]),
    memberships,
    quarantined,
    size: members.length,
    signature: signatureOf(members),
  };
}

// Moodle's next page forgets the role that was asked for. Whoever was deleted has none left.
function isWanted({ roles, status }: Membership, role: string | undefined): boolean {
  return role === undefined || status === "deleted" || hasRole(roles, role);
}

function parseContext(value: unknown): MembershipsContext {
  if (!isJsonObject(value)) return {};
  return {
    id: identifierOf(value["id"]),
    label: textOf(value["label"]),
    title: textOf(value["title"]),
  };
}

function signatureOf(members: unknown[]): string {
  if (members.length === 0) return "";
  const idOf = (member: unknown) => (isJsonObject(member) ? identifierOf(member["user_id"]) : "");
  return JSON.stringify([members.length, idOf(members[0]), idOf(members.at(-1))]);
}
