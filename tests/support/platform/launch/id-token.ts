import { generateKeyPair, SignJWT, type JWTPayload } from "jose";
import type { Course } from "#tests/support/platform/course.ts";
import type { Facts } from "#tests/support/platform/faults/faults.ts";
import { roleUri } from "#tests/support/platform/roster/roles.ts";
import { issuerOf, type PlatformState } from "#tests/support/platform/state.ts";
import { CLAIM, GROUPS_SCOPE, NOTICE_SCOPE } from "#tests/support/platform/wire.ts";
import type { LaunchPlan } from "./launch-plan.ts";
import { deepLinkingData } from "./deep-linking-data.ts";
import { launchingMember } from "./launching-member.ts";
import { deploymentOf } from "./start-launch.ts";

const LIFETIME_SEC = 300;
const LIS = "http://purl.imsglobal.org/vocab/lis/v2";

type Asked = { plan: LaunchPlan; nonce: string; facts: Facts };

/** Signs a launch (Core §5), with what the faults in force make wrong about it. */
export async function idToken(
  state: PlatformState,
  { plan, nonce, facts }: Asked,
): Promise<string> {
  const claims = {
    ...base(state, plan.clientId),
    nonce,
    ...messageClaims(state, plan),
    ...personClaims(state, plan),
    ...courseClaims(state, plan),
  };
  return sign(state, facts, claims);
}

/** Signs claims as the platform does, with the faults of signatures and claims. */
export async function sign(
  state: PlatformState,
  facts: Facts,
  claims: JWTPayload,
): Promise<string> {
  const wrong = state.faults.take("launch_claims", facts);
  const shown: Record<string, unknown> = { ...claims, ...wrong?.set };
  for (const name of wrong?.remove ?? []) delete shown[name];
  const as = state.faults.take("launch_signature", facts)?.as;
  if (as === "none") return [encode({ alg: "none" }), encode(shown), ""].join(".");
  const { kid, privateKey } = state.key;
  const key = as === "other_key" ? (await generateKeyPair("RS256")).privateKey : privateKey;
  const header = {
    alg: "RS256",
    ...(as !== "no_kid" && { kid: as === "unknown_kid" ? "unknown" : kid }),
  };
  return new SignJWT(shown as JWTPayload).setProtectedHeader(header).sign(key);
}

export function base(state: PlatformState, clientId: string) {
  const iat = Math.floor(Date.now() / 1000);
  return { iss: issuerOf(state), aud: clientId, iat, exp: iat + LIFETIME_SEC };
}

function messageClaims(state: PlatformState, plan: LaunchPlan) {
  const common = {
    [CLAIM.messageType]: plan.message,
    [CLAIM.version]: "1.3.0",
    [CLAIM.deploymentId]: deploymentOf(state, plan),
    [CLAIM.targetLinkUri]: state.registrations.get(plan.clientId)?.launchUrl,
  };
  if (plan.message === "LtiDeepLinkingRequest") {
    const settings = {
      deep_link_return_url: `${state.url}/deep_link_return`,
      accept_types: plan.acceptTypes,
      accept_presentation_document_targets: ["iframe", "window"],
      accept_multiple: plan.acceptMultiple,
      accept_lineitem: plan.acceptLineItem,
      title: plan.suggestedTitle,
      data: deepLinkingData(plan.clientId, plan.contextId),
    };
    return { ...common, [CLAIM.deepLinkingSettings]: settings };
  }
  const course = plan.contextId === undefined ? undefined : state.courses.get(plan.contextId);
  const link = linkOf(course, plan);
  const id = plan.resourceLinkId ?? link?.id ?? `link-${plan.contextId ?? "site"}`;
  return {
    ...common,
    [CLAIM.resourceLink]: { id, title: link?.title ?? "Rollbook" },
    ...(link && Object.keys(link.custom).length > 0 && { [CLAIM.custom]: link.custom }),
  };
}

function linkOf(course: Course | undefined, plan: LaunchPlan) {
  const links = course?.input.resourceLinks ?? [];
  return plan.resourceLinkId === undefined
    ? links[0]
    : links.find(({ id }) => id === plan.resourceLinkId);
}

/** A launch of one link names its column where it has exactly one (AGS §3.1). */
function columnOfLink(course: Course, { lineItem, resourceLinkId }: LaunchPlan) {
  if (lineItem !== undefined || resourceLinkId === undefined) return lineItem;
  const own = [...course.lineItems.values()].filter(
    ({ fields }) => fields["resourceLinkId"] === resourceLinkId,
  );
  return own.length === 1 ? own[0]!.url : undefined;
}

function personClaims(state: PlatformState, plan: LaunchPlan) {
  if (plan.as === "anonymous") return { [CLAIM.roles]: [] };
  const member = launchingMember(state, plan);
  const administrator = [`${LIS}/institution/person#Administrator`];
  return {
    sub: member?.userId ?? "administrator",
    name: member?.name,
    email: member?.email,
    [CLAIM.roles]:
      plan.as === "administrator" ? administrator : (member?.roles ?? [plan.as]).map(roleUri),
  };
}

function courseClaims(state: PlatformState, plan: LaunchPlan) {
  const course = plan.contextId === undefined ? undefined : state.courses.get(plan.contextId);
  const { url, registrations } = state;
  const offersNotices = registrations.get(plan.clientId)?.allowedScopes.includes(NOTICE_SCOPE);
  const notices = {
    service_versions: ["1.0"],
    platform_notification_service_url: `${url}/notice_handlers/${deploymentOf(state, plan)}`,
    scope: [NOTICE_SCOPE],
    notice_types_supported: ["LtiHelloWorldNotice", "LtiContextCopyNotice"],
  };
  return {
    [CLAIM.platform]: { guid: issuerOf(state), product_family_code: state.options.profile },
    ...(offersNotices && { [CLAIM.noticeService]: notices }),
    ...(course && contextClaims(course)),
    ...(course && serviceClaims(course, columnOfLink(course, plan))),
  };
}

export function contextClaims({ contextId, input }: Course) {
  return {
    [CLAIM.context]: {
      id: contextId,
      title: input.title,
      label: input.label,
      type: ["http://purl.imsglobal.org/vocab/lis/v2/course#CourseOffering"],
    },
  };
}

/** What the course's services are and what they accept (NRPS §3.6.1, AGS §3.1). */
export function serviceClaims(course: Course, lineItem?: string) {
  const { input, membershipsUrl, lineItemsUrl, groupsUrl, groupSetsUrl } = course;
  const offersGroups = input.scopes.includes(GROUPS_SCOPE);
  const groups = {
    context_groups_url: groupsUrl,
    context_group_sets_url: groupSetsUrl,
    scope: [GROUPS_SCOPE],
    service_versions: ["1.0"],
  };
  const scope = input.scopes.filter((each) => each.includes("/lti-ags/"));
  const offersRoster = input.scopes.some((each) => each.includes("/lti-nrps/"));
  const roster = { context_memberships_url: membershipsUrl, service_versions: ["2.0"] };
  const grades = { scope, lineitems: lineItemsUrl, ...(lineItem && { lineitem: lineItem }) };
  return {
    ...(offersRoster && { [CLAIM.memberships]: roster }),
    ...(scope.length > 0 && { [CLAIM.grades]: grades }),
    ...(offersGroups && { [CLAIM.groups]: groups }),
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
