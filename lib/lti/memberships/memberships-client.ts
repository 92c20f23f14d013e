import { EndpointInvalid, ServiceNotOffered } from "../errors.ts";
import { MEDIA_TYPE } from "../media-types.ts";
import { PageWalk } from "../page-walk.ts";
import type { IncompleteReason, NextStep } from "../page-walk.ts";
import { findRelatedPage } from "../pagination.ts";
import { RenewingClient } from "../renewing-client.ts";
import type { RenewClient } from "../renewing-client.ts";
import { SCOPE } from "../scopes.ts";
import type { ServiceClient } from "../service-client.ts";
import { addParameters } from "../service-url.ts";
import type { Membership, QuarantinedMembership } from "./membership.ts";
import { parseMembershipContainer } from "./memberships-page.ts";
import type { MembershipContainer, MembershipsContext } from "./memberships-page.ts";

export type MembershipsOptions = {
  /** Short context role or full URI; applied by the platform and again here. */
  role?: string;
  /** Members per page; a hint that the platform may ignore. */
  limit?: number;
  /** Only members with access to this resource link, with its messages. */
  resourceLinkId?: string;
  /** Called as it is instead of the endpoint, such as a stored differences link. */
  url?: string;
  /** Pages after which the walk gives up; 10,000. */
  maxPages?: number;
  /** Members after which the walk gives up; 1,000,000. */
  maxMembers?: number;
  /** Called when the token expires or dies on the way, so that the walk goes on where it was. */
  renew?: RenewClient;
  signal?: AbortSignal;
};

/** One page of a roster. */
export type MembershipsPage = {
  /** 0 for the first. */
  index: number;
  context: MembershipsContext;
  memberships: Membership[];
  quarantined: QuarantinedMembership[];
  nextUrl?: string;
  /** Opaque; store it, and call it as it is for what changed since (NRPS 2.0 §2.4.3). */
  differencesUrl?: string;
  /** This is the last page, and nothing speaks against having seen every member. */
  complete: boolean;
  /** Only on a last page that is not `complete`: never remove anybody on its account. */
  incompleteReason?: IncompleteReason;
};

const MOST_PAGES = 10_000;
const MOST_MEMBERS = 1_000_000;

/**
 * Reads a roster page by page; never holds more than one page.
 *
 * The last page says whether the walk was `complete`. What ends a walk early without an error,
 * such as a cap or a loop, is told by that page.
 *
 * @throws ServiceNotOffered | ScopeMismatch | AccessTokenExpired  before anything is sent
 * @throws NextPageUnsafe     after the page whose link leads to another origin
 * @throws ResponseMalformed  a page is no membership container
 * @throws LtiError           whatever else a reply means
 * @see NRPS 2.0 §2.4
 */
export async function* streamMemberships(
  client: ServiceClient,
  options: MembershipsOptions = {},
): AsyncGenerator<MembershipsPage, void, undefined> {
  const walk = new PageWalk(startUrl(client, options), options.maxPages ?? MOST_PAGES);
  const progress = { members: 0, maxMembers: options.maxMembers ?? MOST_MEMBERS };
  const sender = new RenewingClient(client, options.renew);
  let previous: MembershipContainer | undefined;
  let url: string | undefined = walk.startUrl;
  for (let index = 0; url !== undefined; index++) {
    const reply = await sender.request({
      operation: "memberships.list",
      service: "memberships",
      method: "GET",
      url,
      scopes: client.endpoints.memberships?.scopes ?? [SCOPE.memberships],
      accept: MEDIA_TYPE.membershipContainer,
      signal: options.signal,
    });
    const facts = { operation: "memberships.list" as const, url, status: reply.status };
    const container = parseMembershipContainer(reply.body, options.role, facts);
    progress.members += container.memberships.length;
    const step = judge(walk.after(reply), container, previous, progress);
    const differences = findRelatedPage(reply.headers.get("link"), "differences", reply.url);
    yield {
      index,
      context: container.context,
      memberships: container.memberships,
      quarantined: container.quarantined,
      ...(differences.kind === "found" && { differencesUrl: differences.url }),
      ...describe(step),
    };
    if (step.kind === "stop" && step.error) throw step.error;
    url = step.kind === "follow" ? step.url : undefined;
    previous = container;
  }
}

/** A whole roster at once; for rosters that are known to be small. */
export async function listMemberships(
  client: ServiceClient,
  options: MembershipsOptions = {},
): Promise<Omit<MembershipsPage, "index" | "nextUrl">> {
  const roster: Omit<MembershipsPage, "index" | "nextUrl"> = {
    context: {},
    memberships: [],
    quarantined: [],
    complete: false,
  };
  for await (const page of streamMemberships(client, options)) {
    if (page.index === 0) roster.context = page.context;
    for (const membership of page.memberships) roster.memberships.push(membership);
    roster.quarantined.push(...page.quarantined);
    roster.differencesUrl = page.differencesUrl ?? roster.differencesUrl;
    roster.complete = page.complete;
    roster.incompleteReason = page.incompleteReason;
  }
  return roster;
}

function startUrl(client: ServiceClient, options: MembershipsOptions): string {
  const endpoint = client.endpoints.memberships;
  if (!endpoint) throw new ServiceNotOffered("memberships");
  if (options.url !== undefined) {
    if (URL.canParse(options.url)) return options.url;
    throw new EndpointInvalid("memberships", "url", "must be an absolute web address");
  }
  return addParameters(endpoint.contextMembershipsUrl, {
    role: options.role,
    limit: options.limit,
    rlid: options.resourceLinkId,
  });
}

/** Adds what only the members can tell to what the Link header said. */
function judge(
  step: NextStep,
  container: MembershipContainer,
  previous: MembershipContainer | undefined,
  progress: { members: number; maxMembers: number },
): NextStep {
  if (previous && isRepetition(container, previous)) {
    return { kind: "stop", reason: "page_content_repeated" };
  }
  if (previous && previous.context.id !== container.context.id) {
    return { kind: "stop", reason: "context_changed" };
  }
  if (step.kind === "follow" && progress.members >= progress.maxMembers) {
    return { kind: "stop", reason: "member_cap" };
  }
  return step;
}

function isRepetition(container: MembershipContainer, previous: MembershipContainer): boolean {
  const isEmpty = container.memberships.length === 0 && container.quarantined.length === 0;
  return !isEmpty && container.signature === previous.signature;
}

function describe(
  step: NextStep,
): Pick<MembershipsPage, "nextUrl" | "complete" | "incompleteReason"> {
  if (step.kind === "follow") return { complete: false, nextUrl: step.url };
  return step.kind === "end"
    ? { complete: true }
    : { complete: false, incompleteReason: step.reason };
}
