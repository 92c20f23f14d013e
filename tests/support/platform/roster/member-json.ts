import type { Exchange } from "#tests/support/platform/exchange.ts";
import type { PlatformState } from "#tests/support/platform/state.ts";
import { CLAIM } from "#tests/support/platform/wire.ts";
import { hasRole, roleUri, shortRole } from "./roles.ts";
import type { Member } from "./roster.ts";

export type MemberJson = Record<string, unknown>;
export type ResourceLink = { id: string; title?: string; custom: Record<string, string> };

type MemberWriter = (member: Member) => MemberJson;

/** How members are written on this page: role style, hidden fields, messages (NRPS §2.2, §3.2). */
export function memberWriter(
  state: PlatformState,
  { facts }: Exchange,
  resourceLink?: ResourceLink,
): MemberWriter {
  const { faults, options } = state;
  const style = faults.take("roles_as", facts)?.style ?? options.roleStyle;
  const hidden = faults.take("hide_fields", facts)?.fields ?? [];
  const statusStyle = faults.take("status_as", facts)?.style;
  const messageShape = faults.take("message_as", facts)?.shape ?? "list";
  const hidesAssistants = faults.take("assistants_as_learners", facts) !== undefined;
  return (member) => {
    const roles = hidesAssistants && isAssistant(member) ? [roleUri("Learner")] : member.roles;
    const json: MemberJson = {
      ...identity(member),
      ...status(member, statusStyle),
      roles: style === "short" ? roles.map(shortRole) : roles,
    };
    for (const field of hidden) delete json[field];
    if (!resourceLink || messageShape === "absent") return json;
    const message = resourceLinkMessage(member, resourceLink);
    return { ...json, message: messageShape === "object" ? message : [message] };
  };
}

function isAssistant({ roles }: Member): boolean {
  return hasRole(roles, "Instructor#TeachingAssistant");
}

function identity(member: Member): MemberJson {
  return {
    user_id: member.userId,
    name: member.name,
    given_name: member.givenName,
    middle_name: member.middleName,
    family_name: member.familyName,
    email: member.email,
    picture: member.picture,
    lis_person_sourcedid: member.lisPersonSourcedId,
    lti11_legacy_user_id: member.lti11LegacyUserId,
    group_enrollments: member.groups?.map((id) => ({ group_id: id })),
  };
}

function status({ status = "Active" }: Member, style?: "absent" | "lower_case"): MemberJson {
  if (style === "absent") return {};
  return { status: style === "lower_case" ? status.toLowerCase() : status };
}

function resourceLinkMessage(member: Member, { id, title, custom }: ResourceLink): MemberJson {
  return {
    [CLAIM.messageType]: "LtiResourceLinkRequest",
    [CLAIM.resourceLink]: { id, title },
    [CLAIM.custom]: { ...custom, user_id: member.userId },
  };
}
