import { EndpointInvalid, ServiceNotOffered } from "../../errors.ts";
import type { PlatformReply } from "../../http/perform.ts";
import { MEDIA_TYPE } from "../../values/media-types.ts";
import {
  findRelatedPage,
  type IncompleteReason,
  type NextStep,
  PagedReading,
  type ReadingLimits,
} from "../pagination.ts";
import { RenewingClient } from "../renewing-client.ts";
import type { RenewClient, WaitOut } from "../renewing-client.ts";
import { SCOPE } from "../../scopes.ts";
import type { ServiceClient } from "../service-client.ts";
import { addParameters } from "../../values/service-url.ts";
import type { Membership, QuarantinedMembership } from "./membership.ts";
import { parseMembershipContainer } from "./memberships-page.ts";
import type { MembershipContainer, MembershipsContext } from "./memberships-page.ts";

export type MembershipsOptions = ReadingLimits & {
  /** Short context role or full URI; applied by the platform and again here. */
  role?: string;
  /** Members per page; a hint that the platform may ignore. */
  limit?: number;
  /** Only members with access to this resource link, with its messages. */
  resourceLinkId?: string;
  /** Called as it is instead of the endpoint, such as a stored differences link. */
  url?: string;
  /** Members after which the reading gives up, whatever their roles; 1,000,000. */
  maxMembers?: number;
  /** Called when the token expires or dies on the way, so that the reading goes on where it was. */
  renew?: RenewClient;
  /** Called when the platform throttles a page; once it resolves, that page is asked for again. */
  waitOut?: WaitOut;
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
  /**
   * Opaque; store it, and call it as it is for what changed since (NRPS 2.0 §2.4.3).
   *
   * The first that the reading was given, on every page from there: a later one would miss what
   * changed while the reading was under way.
   */
  differencesUrl?: string;
  /** This is the last page, and nothing speaks against having seen every member. */
  complete: boolean;
  /** Only on a last page that is not `complete`: never remove anybody on its account. */
  incompleteReason?: IncompleteReason;
};

const MOST_MEMBERS = 1_000_000;

/**
 * Reads a roster page by page; holds one page, whatever the size of the roster.
 *
 * The last page says whether the reading was `complete`. What ends a reading early without an error,
 * such as a cap or a loop, is told by that page.
 *
 * @throws ServiceNotOffered | ScopeMismatch | AccessTokenExpired  before anything is sent
 * @throws NextPageUnsafe     after the page whose link leads to another origin
 * @throws ResponseMalformed  a page is no membership container
 * @throws LtiError           whatever else a reply means
 * @see NRPS 2.0 §2.4, §3
 */
export async function* streamMemberships(
  client: ServiceClient,
  options: MembershipsOptions = {},
): AsyncGenerator<MembershipsPage, void, undefined> {
  const reading = new PagedReading(startUrl(client, options), options);
  const progress: Progress = { members: 0, maxMembers: options.maxMembers ?? MOST_MEMBERS };
  const sender = new RenewingClient(client, options.renew, options.waitOut);
  let differencesUrl: string | undefined;
  let url: string | undefined = reading.startUrl;
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
    const step = judge(reading.after(reply, container.signature), container, progress);
    differencesUrl ??= differencesUrlIn(reply);
    yield {
      index,
      context: container.context,
      memberships: container.memberships,
      quarantined: container.quarantined,
      ...(differencesUrl !== undefined && { differencesUrl }),
      ...describe(step),
    };
    if (step.kind === "stop" && step.error) throw step.error;
    url = step.kind === "follow" ? step.url : undefined;
  }
}

/** A whole roster at once; for rosters that are known to be small. @see NRPS 2.0 §2.4 */
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
    for (const member of page.quarantined) roster.quarantined.push(member);
    roster.differencesUrl = page.differencesUrl;
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

function differencesUrlIn(reply: PlatformReply): string | undefined {
  const found = findRelatedPage(reply.headers.get("link"), "differences", reply.url);
  return found.kind === "found" ? found.url : undefined;
}

/** What a reading knows of the pages before. */
type Progress = { members: number; maxMembers: number; context?: MembershipsContext };

/** Adds what only the members can tell to what the Link header said. */
function judge(step: NextStep, container: MembershipContainer, progress: Progress): NextStep {
  const before = progress.context;
  progress.context = container.context;
  progress.members += container.size;
  if (step.kind === "stop" && step.reason === "page_content_repeated") return step;
  if (before && before.id !== container.context.id) {
    return { kind: "stop", reason: "context_changed" };
  }
  if (step.kind === "follow" && progress.members >= progress.maxMembers) {
    return { kind: "stop", reason: "member_cap" };
  }
  return step;
}

function describe(
  step: NextStep,
): Pick<MembershipsPage, "nextUrl" | "complete" | "incompleteReason"> {
  if (step.kind === "follow") return { complete: false, nextUrl: step.url };
  return step.kind === "end"
    ? { complete: true }
    : { complete: false, incompleteReason: step.reason };
}
